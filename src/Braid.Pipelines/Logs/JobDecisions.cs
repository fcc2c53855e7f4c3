using Braid.Data.Naming;
using Braid.Pipelines.Jobs;

namespace Braid.Pipelines.Logs;

/// <summary>What the server decides about a job, in words for the pipeline's owner: the lines of <c>logs --master</c>.</summary>
internal static class JobDecisions
{
    public static string Made(long version, IEnumerable<CommitName> reads) =>
        reads.ToList() is { Count: > 0 } inputs
            ? $"made for version {version} of the pipeline; reads {string.Join(", ", inputs)}"
            : $"made for version {version} of the pipeline; there is nothing to read yet";

    public static string WaitsFor(IEnumerable<CommitName> inputs) =>
        $"waits until these commits are finished: {string.Join(", ", inputs)}";

    public static string Planned(long total, long skipped) =>
        $"planned {total} datums: {total - skipped} to run, {skipped} skipped because nothing of them changed";

    public static string GaveBack(IReadOnlyList<string> datums, string worker) =>
        (datums.Count == 1 ? $"datum {datums[0]} is run again" : $"{datums.Count} datums are run again")
        + $": worker {worker} was lost, or its server went down";

    public static string StartsAgain(string reason, DateTimeOffset next) =>
        $"{reason}; it is started again at {next.ToUniversalTime():HH:mm:ss} UTC";

    public static string SendsAgain(string reason, DateTimeOffset next) =>
        $"{reason}; it is sent again at {next.ToUniversalTime():HH:mm:ss} UTC";

    public static string Ended(JobState state, string reason) =>
        $"ended: {state.ToString().ToLowerInvariant()}{(reason.Length > 0 ? $": {reason}" : "")}";
}
