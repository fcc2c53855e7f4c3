using Braid.Cli.CommandLine;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

/// <summary>States by the words that tables show for them: <c>running</c>.</summary>
internal static class StateNames
{
    public static HashSet<PipelineState> Pipelines(IEnumerable<string> words) =>
        Parse<PipelineState>(words, "Pipeline");

    public static HashSet<JobState> Jobs(IEnumerable<string> words) => Parse<JobState>(words, "Job");

    /// <exception cref="Failure">There is no such state.</exception>
    private static HashSet<TState> Parse<TState>(IEnumerable<string> words, string prefix)
        where TState : struct, Enum =>
        [
            .. words.Select(word =>
                Enum.TryParse<TState>(prefix + word, ignoreCase: true, out var state)
                    ? state
                    : throw new Failure(
                        $"there is no state \"{word}\": "
                            + string.Join(", ", Enum.GetNames<TState>().Skip(1).Select(name => Word(name, prefix)))
                    )
            ),
        ];

    private static string Word(string name, string prefix) => name[prefix.Length..].ToLowerInvariant();
}
