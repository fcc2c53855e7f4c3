using Braid.Cli.CommandLine;
using Braid.Protos.Pfs;

namespace Braid.Cli.Commits;

/// <summary>How a commit came about, as a filter.</summary>
internal static class Origins
{
    public static readonly Flag Flag = Flags.Value(
        "origin",
        null,
        "Only commits that came about this way: \"user\", \"auto\" or \"fsck\"."
    );

    /// <exception cref="Failure">There is no such origin, or all commits are wanted as well.</exception>
    public static OriginKind Of(Invocation call, Flag all)
    {
        if (call.Text(Flag) is not { Length: > 0 } text)
        {
            return OriginKind.Unknown;
        }

        return call.Has(all)
            ? throw new Failure("cannot specify both --all and --origin")
            : text.ToLowerInvariant() switch
            {
                "user" => OriginKind.User,
                "auto" => OriginKind.Auto,
                "fsck" => OriginKind.Fsck,
                _ => throw new Failure($"unknown commit origin type '{text}', must be one of: USER, AUTO, FSCK"),
            };
    }
}
