using Braid.Cli.CommandLine;

namespace Braid.Cli.OldForms;

/// <summary>How 1.x named things: repo, commit and path each for itself, <c>repo/commit</c>, jobs by their id alone.</summary>
internal static class OldNames
{
    private const string Master = "master";

    /// <summary><c>repo [commit [path]]</c> as one name; what is already one stays.</summary>
    public static string Joined(IReadOnlyList<string> arguments, string? otherwise = null) =>
        arguments switch
        {
            [var repo] when repo.Contains('@', StringComparison.Ordinal) => repo,
            [var repo] => otherwise is null ? repo : $"{repo}@{otherwise}",
            [var repo, var commit] => $"{repo}@{commit}",
            [var repo, var commit, var path, ..] => $"{repo}@{commit}:{path}",
            _ => "",
        };

    /// <summary>The same when a commit is needed: without one it is the head of master.</summary>
    public static string Commit(IReadOnlyList<string> arguments) => Joined(arguments, Master);

    /// <summary><c>repo/commit</c> or <c>repo@commit</c>.</summary>
    public static string Slashed(string text) =>
        !text.Contains('@', StringComparison.Ordinal) && text.Split('/', 2) is [var repo, var commit]
            ? $"{repo}@{commit}"
            : text;

    /// <summary>A name whose colon and path are arguments of their own.</summary>
    public static Func<Invocation, CancellationToken, Task<IReadOnlyList<string>>> Of(
        Func<IReadOnlyList<string>, string> name
    ) => (call, _) => Task.FromResult<IReadOnlyList<string>>([name(call.Arguments)]);
}
