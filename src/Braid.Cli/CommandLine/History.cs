namespace Braid.Cli.CommandLine;

/// <summary><c>--history</c>: how many versions of a pipeline back to look.</summary>
internal static class History
{
    public static readonly Flag Flag = Flags.Value(
        "history",
        null,
        "Also earlier versions of the pipelines: \"none\", \"all\", or how many (default \"none\")."
    );

    /// <summary>0 is the version of today alone, -1 all.</summary>
    /// <exception cref="Failure">It is neither word nor number.</exception>
    public static long Of(Invocation call) =>
        call.Text(Flag) switch
        {
            null or "none" => 0,
            "all" => -1,
            _ => call.Number(Flag, otherwise: 0),
        };
}
