using Braid.Client.Backends;
using Braid.Client.Configuration;

namespace Braid.Client;

/// <summary>Where and how a run is logged.</summary>
public sealed record LoggingOptions
{
    /// <summary>Where to log: any of those that come along, and of your own. None: nothing is logged, and that is said once.</summary>
    public IReadOnlyList<IBackend> Backends { get; init; } = [];

    /// <summary>What the run is and whether it is a new one. Its start and rank are filled in when it starts.</summary>
    public RunStart Run { get; init; } = new() { Name = "run" };

    /// <summary>Where what is logged is kept until it is delivered: the first of these that can be written to.</summary>
    public IReadOnlyList<string> SpoolRoots { get; init; } = DefaultSpoolRoots();

    /// <summary>Whether a start also sends, in the background, what earlier processes left in the spool folder.</summary>
    public bool ResumeSpooled { get; init; } = true;

    /// <summary>How much a run's spool may hold; above it, only points, parameters and tags are kept.</summary>
    public long SpoolLimit { get; init; } = 10L << 30;

    /// <summary>How many logged things may wait for the local disk.</summary>
    public int QueueCapacity { get; init; } = 32_768;

    /// <summary>How many bytes of images and the like may wait for the local disk.</summary>
    public long QueueBytes { get; init; } = 256 << 20;

    /// <summary>How long a call may wait for a local disk that does not keep up before it gives up what it was to log.</summary>
    public TimeSpan QueuePatience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the end of the program may wait for the delivery. What is left is sent by a later process.</summary>
    public TimeSpan FlushTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>This process's place in a distributed training.</summary>
    public RankOptions Ranks { get; init; } = new();

    /// <summary>Logs the program's command line as parameters of section <c>Args</c>.</summary>
    public bool ConnectArguments { get; init; }

    /// <summary>Logs what the program writes to its console.</summary>
    public bool ConnectStreams { get; init; }

    /// <summary>How often the process's processor and memory use is logged; null for never.</summary>
    public TimeSpan? ResourceInterval { get; init; }

    /// <summary>
    /// Whether SIGTERM and SIGINT end the run, as stopped, before the runtime ends the program. A program that handles them itself and goes
    /// on logging for a while turns it off.
    /// </summary>
    public bool EndOnSignals { get; init; } = true;

    /// <summary>
    /// Told about each kind of problem once, one after the other, on a thread of the pool; by default a line on standard error. What it
    /// throws, or how long it takes, is nothing to the run.
    /// </summary>
    public Action<string> OnProblem { get; init; } = static problem => Console.Error.WriteLine($"braid: {problem}");

    /// <summary>The clock of timestamps and waits.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What the environment, a file <c>.env</c> and <c>clearml.conf</c> say. docs/guide/logging.md lists all of it.</summary>
    public static LoggingOptions FromEnvironment() =>
        OptionsReader.Read(Settings.OfThisProcess(new Dictionary<string, string>(), null));

    /// <summary>What the variables say, and nothing else.</summary>
    public static LoggingOptions FromEnvironment(Func<string, string?> variable) =>
        OptionsReader.Read(
            new(new Dictionary<string, string>(), new Dictionary<string, string>(), variable, _ => null, _ => null)
        );

    private static string[] DefaultSpoolRoots()
    {
        var state = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        var ofUser = $"braid-spool-{Environment.UserName}"; // these places are everybody's
        string[] roots = [Path.Combine(Path.GetTempPath(), ofUser), Path.Combine("/dev/shm", ofUser)];
        return state.Length > 0 ? [Path.Combine(state, "braid", "spool"), .. roots] : roots;
    }
}

/// <summary>A process's place in a distributed training: rank 0 makes the run, the others log into it.</summary>
public sealed record RankOptions
{
    /// <summary>This process's number (<c>RANK</c>).</summary>
    public int Rank { get; init; }

    /// <summary>How many there are (<c>WORLD_SIZE</c>).</summary>
    public int WorldSize { get; init; } = 1;

    /// <summary>What all processes of one launch have in common and no other launch has; empty when nothing is known.</summary>
    public string Launch { get; init; } = "";
}
