using System.Globalization;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Tracking;
using Braid.Cli.TrackedRuns.Code;

namespace Braid.Cli.TrackedRuns;

/// <summary>Runs any program as a tracked run.</summary>
internal static class RunProgram
{
    private static readonly Flag project = Flags.Value("project", null, "The project of the run (default: Default).");
    private static readonly Flag name = Flags.Value("name", null, "What the run is called (default: its program).");
    private static readonly Flag tag = Flags.Values("tag", null, "A tag of the run; may be repeated.");
    private static readonly Flag parameter = Flags.Values("param", 'P', "A parameter, KEY=VALUE; may be repeated.");

    /// <summary>How often the machine is looked at.</summary>
    internal static readonly Flag Every = Flags.Value(
        "monitor",
        null,
        "How often the use of the machine is measured (\"10s\"; \"0s\" for never)."
    );

    /// <summary>Which server.</summary>
    internal static readonly Flag Data = Flags.Value(
        "data",
        null,
        "The server's folder; what CLEARML_API_HOST and others name, else BRAID_DATA, when not given."
    );

    /// <summary>How often it is, unless somebody says.</summary>
    internal static readonly TimeSpan UsualMonitor = TimeSpan.FromSeconds(10);

    public static Command Command { get; } =
        new Command(
            "run",
            "[flags] -- <program> [arguments]",
            "Run a program as a tracked run: its code, packages, arguments, console, machine and TensorBoard files."
        )
        {
            Flags = [Data, Every, name, parameter, project, tag],
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
            Monitor = call.Span(Every) ?? UsualMonitor,
        };
        var folder = call.Text(Data);
        using var clearml = new ClearMLClient(ClearMLAddress.Find(call.World, folder));
        using var tracking = new TrackingClient(TrackingAddress.Find(call.World, folder));
        var code = await SourceCode.OfAsync(wish.Folder, wish.Program, ct);
        var run = new TrackedRun(wish, code, clearml, tracking, call.World);
        return (await run.RunAsync(ClientVariables.Of(call.World, folder), ct)).End.Code;
    }

    /// <summary>The script that an interpreter is given, else the program.</summary>
    private static string NameOf(IReadOnlyList<string> command)
    {
        var script = command.Skip(1).FirstOrDefault(word => !word.StartsWith('-') && File.Exists(word));
        return LongEnough(Path.GetFileName(script ?? command[0]));
    }

    /// <summary>ClearML's names have three characters at least.</summary>
    internal static string LongEnough(string name) => name.Length < 3 ? $"program {name}" : name;

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

    /// <summary>Where the program runs.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>The program itself and its arguments, where <see cref="Words"/> are a shell's.</summary>
    public IReadOnlyList<string> Program { get; init; } = Words;

    /// <summary>Tags that MLflow's clients read.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> MLflowTags { get; init; } = [];
}
