using Braid.Cli.CommandLine;

namespace Braid.Cli.Workloads;

/// <summary>Values with commas between.</summary>
internal static class Lists
{
    /// <summary>Null when the flag is not given; an empty value is an empty list.</summary>
    public static IReadOnlyList<string>? Of(Invocation call, Flag flag) =>
        call.Text(flag)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
