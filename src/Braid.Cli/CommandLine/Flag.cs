namespace Braid.Cli.CommandLine;

/// <summary>How many values a flag takes.</summary>
internal enum FlagKind
{
    /// <summary>Present or not; <c>--flag=false</c> is not.</summary>
    Switch,

    /// <summary>One value; the last one counts.</summary>
    Value,

    /// <summary>May be repeated; every value counts.</summary>
    Values,
}

/// <summary>A flag of a command.</summary>
/// <param name="Name">Its long form, without the dashes.</param>
/// <param name="Short">Its letter, if it has one.</param>
/// <param name="Help">One line for the help text.</param>
internal sealed record Flag(string Name, char? Short, FlagKind Kind, string Help);

/// <summary>Flags that many commands share.</summary>
internal static class Flags
{
    public static readonly Flag Project = Value(
        "project",
        null,
        "The project where it is; the context's project, else \"default\", when not given."
    );
    public static readonly Flag Raw = Switch("raw", null, "Print the raw record as JSON.");
    public static readonly Flag Output = Value(
        "output",
        'o',
        "Output format when --raw is set: \"json\" or \"yaml\" (default \"json\")."
    );
    public static readonly Flag FullTimestamps = Switch(
        "full-timestamps",
        null,
        "Print RFC 3339 times instead of relative ones."
    );
    public static readonly Flag Description = Value("description", 'd', "A description.");
    public static readonly Flag Force = Switch(
        "force",
        'f',
        "Do it even if that leaves others without what they depend on; use with care."
    );
    public static readonly Flag AllProjects = Switch("all-projects", 'A', "Look in every project.");

    public static readonly Flag NoPager = Switch("no-pager", null, "Print at once instead of through a pager.");

    /// <summary>Global: every command takes these.</summary>
    public static readonly Flag NoColor = Switch("no-color", null, "Turn off colors.");
    public static readonly Flag Help = Switch("help", 'h', "Print this text.");
    public static readonly Flag Verbose = Switch("verbose", 'v', "Say more when something fails.");
    public static readonly Flag RpcTimeout = Value(
        "rpc-timeout",
        null,
        "How long one call may take (\"30s\", \"5m\")."
    );

    public static IReadOnlyList<Flag> Global { get; } = [Help, NoColor, RpcTimeout, Verbose];

    /// <summary><c>--raw</c> and <c>--output</c>.</summary>
    public static IReadOnlyList<Flag> Format { get; } = [Raw, Output];

    public static Flag Switch(string name, char? letter, string help) => new(name, letter, FlagKind.Switch, help);

    public static Flag Value(string name, char? letter, string help) => new(name, letter, FlagKind.Value, help);

    public static Flag Values(string name, char? letter, string help) => new(name, letter, FlagKind.Values, help);
}
