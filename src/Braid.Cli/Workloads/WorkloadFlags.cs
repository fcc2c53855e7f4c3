using Braid.Cli.CommandLine;

namespace Braid.Cli.Workloads;

/// <summary>Flags that commands about workloads share, in Run:ai's words.</summary>
internal static class WorkloadFlags
{
    public static readonly Flag Project = Flags.Value(
        "project",
        'p',
        "The project; the one of braid config project, else \"default\", when not given."
    );
    public static readonly Flag All = Flags.Switch("all", 'A', "Of every project.");
    public static readonly Flag AllProjects = Flags.Switch("all-projects", null, "The same as --all.");
    public static readonly Flag Json = Flags.Switch("json", null, "Print JSON.");
    public static readonly Flag Yaml = Flags.Switch("yaml", null, "Print YAML.");
    public static readonly Flag Table = Flags.Switch("table", null, "Print a table, as without it.");

    /// <summary>How a list is printed.</summary>
    public static IReadOnlyList<Flag> Format { get; } = [Json, Yaml, Table];
}
