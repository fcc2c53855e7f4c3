using System.Globalization;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection;

namespace Braid.Cli.TrackedRuns;

/// <summary>Runs any program as a tracked run.</summary>
internal static class RunProgram
{
    private static readonly Flag project = Flags.Value("project", null, "The project of the run (default: Default).");
    private static readonly Flag name = Flags.Value("name", null, "What the run is called (default: its program).");
    private static readonly Flag tag = Flags.Values("tag", null, "A tag of the run; may be repeated.");
    private static readonly Flag parameter = Flags.Values("param", 'P', "A parameter, KEY=VALUE; may be repeated.");
    private static readonly Flag every = Flags.Value(
        "monitor",
        null,
        "How often the use of the machine is measured (\"10s\"; \"0s\" for never)."
    );
    private static readonly Flag data = Flags.Value(
        "data",
        null,
        "The server's folder; what CLEARML_API_HOST and others name, else BRAID_DATA, when not given."
    );

    public static Command Command { get; } =
        new Command(
            "run",
            "[flags] -- <program> [arguments]",
            "Run a program as a tracked run: its code, packages, arguments, console, machine and TensorBoard files."
        )
        {
            Flags = [data, every, name, parameter, project, tag],
            LeastArguments = 1,
            MostArguments = int.MaxValue,
            RunAsync = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var wish = new RunWish(call.Arguments)
        {
            Project = call.Text(project) ?? "Default",
            Name = call.Text(name) ?? NameOf(call.Arguments),
            Tags = call.All(tag),
            Parameters = [.. call.All(parameter).Select(Pair)],
            Monitor = call.Span(every) ?? TimeSpan.FromSeconds(10),
        };
        var folder = call.Text(data);
        using var clearml = new ClearMLClient(ClearMLAddress.Find(call.World, folder));
        using var tracking = new TrackingClient(TrackingAddress.Find(call.World, folder));
        return await new TrackedRun(wish, clearml, tracking, call.World).RunAsync(Variables(call, folder), ct);
    }

    /// <summary>What the program's own clients need to find the same server.</summary>
    private static IReadOnlyDictionary<string, string> Variables(Invocation call, string? folder) =>
        (folder ?? (call.World.Variable("CLEARML_API_HOST") is null ? call.World.Variable("BRAID_DATA") : null))
            is { } used
        && ServerFolder.Read(used) is { } server
            ? Servers.Env.Exports(Path.GetFullPath(used), server).ToDictionary(pair => pair.Name, pair => pair.Value)
            : new Dictionary<string, string>();

    /// <summary>The script that an interpreter is given, else the program. ClearML's names have three characters at least.</summary>
    private static string NameOf(IReadOnlyList<string> command)
    {
        var script = command.Skip(1).FirstOrDefault(word => !word.StartsWith('-') && File.Exists(word));
        var found = Path.GetFileName(script ?? command[0]);
        return found.Length < 3 ? $"program {found}" : found;
    }

    private static KeyValuePair<string, string> Pair(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } key, var value]
            ? new(key, value)
            : throw new Failure(
                string.Create(CultureInfo.InvariantCulture, $"invalid argument \"{text}\" for --param: not KEY=VALUE")
            );
}

/// <summary>What somebody asked for.</summary>
/// <param name="Words">The program and its arguments.</param>
internal sealed record RunWish(IReadOnlyList<string> Words)
{
    public required string Project { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }
    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; }
    public required TimeSpan Monitor { get; init; }
}
