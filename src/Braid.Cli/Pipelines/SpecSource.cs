using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Specs;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

/// <summary>Where a command gets its specs: a file, an address, standard input, or a template that the server evaluates.</summary>
internal static class SpecSource
{
    public static readonly Flag File = Flags.Value(
        "file",
        'f',
        "The file with the specs, JSON or YAML, or its address; \"-\" is standard input (default \"-\")."
    );
    public static readonly Flag Jsonnet = Flags.Value(
        "jsonnet",
        null,
        "A template instead: a jsonnet function whose result is a spec or a list of them."
    );
    public static readonly Flag Argument = Flags.Values(
        "arg",
        null,
        "An argument of the template, NAME=VALUE; may be repeated."
    );

    public static IReadOnlyList<Flag> All { get; } = [Argument, File, Jsonnet];

    /// <exception cref="Failure">The flags contradict each other, or there is no spec there.</exception>
    public static async Task<IReadOnlyList<JsonObject>> ReadAsync(Invocation call, CancellationToken ct)
    {
        if (call.Text(Jsonnet) is { } template)
        {
            return call.Text(File) is null
                ? await RenderAsync(call, template, ct)
                : throw new Failure("cannot set both --file (-f) and --jsonnet");
        }

        if (call.All(Argument).Count > 0)
        {
            throw new Failure("cannot set --arg without --jsonnet");
        }

        return await ReadAsync(call, call.Text(File) ?? "-", ct);
    }

    /// <summary>The specs of a file, of an address, or (<c>-</c>) of standard input.</summary>
    public static async Task<IReadOnlyList<JsonObject>> ReadAsync(Invocation call, string path, CancellationToken ct) =>
        path == "-" || IsAddress(path)
            ? SpecFile.Parse(await TextAsync(call, path, ct), path == "-" ? "standard input" : path)
            : await SpecFile.ReadAsync(path, ct);

    /// <summary>What a file, an address or standard input holds.</summary>
    public static async Task<string> TextAsync(Invocation call, string path, CancellationToken ct)
    {
        if (IsAddress(path))
        {
            using var http = new HttpClient();
            return await http.GetStringAsync(path, ct);
        }

        if (path != "-")
        {
            return await System.IO.File.ReadAllTextAsync(path, ct);
        }

        call.RemindOfInput();
        using var reader = new StreamReader(call.World.OpenInput());
        return await reader.ReadToEndAsync(ct);
    }

    private static bool IsAddress(string path) =>
        path.StartsWith("http://", StringComparison.Ordinal) || path.StartsWith("https://", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<JsonObject>> RenderAsync(
        Invocation call,
        string template,
        CancellationToken ct
    )
    {
        var request = new RenderTemplateRequest { Template = await TextAsync(call, template, ct) };
        foreach (var text in call.All(Argument))
        {
            request.Args[Cut(text).Name] = Cut(text).Value;
        }

        var rendered = await call.Pach.CallAsync(PpsMethods.RenderTemplate, request, ct);
        return SpecFile.Parse(rendered.Json, template);
    }

    private static (string Name, string Value) Cut(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } name, var value]
            ? (name, value)
            : throw new Failure($"invalid argument \"{text}\" for --arg: expected NAME=VALUE");
}
