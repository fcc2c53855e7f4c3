using System.Text.Json;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Connection;

/// <summary>Which server is meant, with whose token, in which project.</summary>
internal sealed record ServerAddress(Uri Uri, string? Token, string? Project)
{
    private const string Default = "grpc://127.0.0.1:30650";

    /// <summary>
    /// The first of these that there is: <c>PACHD_ADDRESS</c>; the active context of pachctl's config file; the endpoints of the
    /// server folder that <c>BRAID_DATA</c> names; this machine's default port.
    /// </summary>
    public static ServerAddress Find(Surroundings world)
    {
        var token = world.Variable("BRAID_TOKEN");
        if (world.Variable("PACHD_ADDRESS") is { Length: > 0 } address)
        {
            return new(Parse(address), token, null);
        }

        if (PachConfig.Read(world) is { Address: { } configured } context)
        {
            return new(Parse(configured), token ?? context.Token, context.Project);
        }

        if (world.Variable("BRAID_DATA") is { Length: > 0 } folder && ServerFolder.Read(folder) is { } server)
        {
            return new(Parse(server.Pachyderm), token ?? server.Token, null);
        }

        return new(Parse(Default), token, null);
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
        var address = rest.Contains(':', StringComparison.Ordinal) ? rest : rest + ":30650";
        return Uri.TryCreate($"{http}://{address}", UriKind.Absolute, out var uri)
            ? uri
            : throw new Failure($"cannot connect to {text}: expected something like {Default}");
    }
}

/// <summary>What the active context of pachctl's config file says.</summary>
internal sealed record PachConfig(string? Address, string? Token, string? Project)
{
    public static PachConfig? Read(Surroundings world)
    {
        var path = world.Variable("PACH_CONFIG") is { Length: > 0 } given
            ? given
            : Path.Combine(world.Variable("HOME") ?? "/", ".pachyderm", "config.json");
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return ActiveContext(json.RootElement, world.Variable("PACH_CONTEXT"));
        }
        catch (JsonException error)
        {
            throw new Failure($"cannot read {path}: {error.Message}");
        }
    }

    private static PachConfig? ActiveContext(JsonElement root, string? wanted)
    {
        if (!root.TryGetProperty("v2", out var v2) || !v2.TryGetProperty("contexts", out var contexts))
        {
            return null;
        }

        var name = wanted ?? Text(v2, "active_context") ?? "";
        return contexts.TryGetProperty(name, out var context)
            ? new(Text(context, "pachd_address"), Text(context, "session_token"), Text(context, "project"))
            : null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;
}
