using System.Diagnostics.CodeAnalysis;
using Braid.Cli.CommandLine;
using Braid.Cli.Contexts;

namespace Braid.Cli.Connection;

/// <summary>Which server is meant, with whose token, in which project.</summary>
internal sealed record ServerAddress(Uri Uri, string? Token, string? Project)
{
    private const string Default = "grpc://127.0.0.1:30650";
    private const int DefaultPort = 30650;

    /// <summary>The context that the command works in; null when there is no config file to look into.</summary>
    public ContextChoice? Context { get; init; }

    /// <summary>The transaction that calls are part of; null when they are done at once.</summary>
    public string? Transaction => Context?.Context?.ActiveTransaction;

    /// <summary>
    /// The first of these that there is: <c>PACHD_ADDRESS</c>; the active context of the config file; the endpoints of the
    /// server folder that <c>BRAID_DATA</c> names; <c>ADDRESS</c>, as 1.x called it; this machine's default port.
    /// </summary>
    public static ServerAddress Find(Surroundings world)
    {
        var file = ConfigFile.Open(world);
        if (world.Variable("PACHD_ADDRESS") is { Length: > 0 } given)
        {
            var address = Parse(given);
            return Of(world, address, ContextChoice.For(file, world, address), null);
        }

        var active = ContextChoice.Active(file, world);
        if (active?.Context?.Address is { } configured)
        {
            return Of(world, Parse(configured), active, null);
        }

        var server = world.Variable("BRAID_DATA") is { Length: > 0 } folder ? ServerFolder.Read(folder) : null;
        var found = Parse(server?.Pachyderm ?? Forwarded(active?.Context) ?? Old(world) ?? Default);
        return Of(world, found, active ?? ContextChoice.For(file, world, found), server);
    }

    /// <summary><c>grpc://</c>, <c>grpcs://</c>, <c>http://</c>, <c>https://</c> or just <c>host:port</c>.</summary>
    /// <exception cref="Failure">It is none of these.</exception>
    public static Uri Parse(string text)
    {
        var (scheme, rest) = text.Split("://", 2) is [var s, var r] ? (s, r) : ("grpc", text);
        var http = scheme switch
        {
            "grpc" or "http" => "http",
            "grpcs" or "https" => "https",
            _ => throw new Failure($"cannot connect to {text}: only grpc://, grpcs://, http:// and https:// addresses"),
        };
        return
            Uri.TryCreate($"{http}://{WithPort(rest.TrimEnd('/'))}", UriKind.Absolute, out var uri)
            && uri is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            ? uri
            : throw new Failure($"cannot connect to {text}: expected something like {Default}");
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? address)
    {
        try
        {
            address = Parse(text);
            return true;
        }
        catch (Failure)
        {
            address = null;
            return false;
        }
    }

    /// <summary>The address as pachctl writes it, with scheme and port.</summary>
    public static string Qualified(Uri address) =>
        $"{(address.Scheme == Uri.UriSchemeHttps ? "grpcs" : "grpc")}://{address.Host}:{address.Port}";

    private static ServerAddress Of(Surroundings world, Uri address, ContextChoice choice, ServerFolder? server) =>
        new(address, world.Variable("BRAID_TOKEN") ?? choice.Context?.Token ?? server?.Token, choice.Context?.Project)
        {
            Context = choice,
        };

    private static string? Forwarded(PachContext? context) =>
        context?.ForwardedPort is { } port ? $"grpc://127.0.0.1:{port}" : null;

    private static string? Old(Surroundings world) =>
        world.Variable("ADDRESS") is { Length: > 0 } text && TryParse(text, out _) ? text : null;

    private static string WithPort(string host)
    {
        var isIp6 = host.StartsWith('[');
        var hasPort = isIp6
            ? host.Contains("]:", StringComparison.Ordinal)
            : host.Contains(':', StringComparison.Ordinal);
        return hasPort ? host : $"{host}:{DefaultPort}";
    }
}
