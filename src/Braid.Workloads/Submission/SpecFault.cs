namespace Braid.Workloads.Submission;

/// <summary>Why a spec cannot be submitted.</summary>
internal static class SpecFault
{
    /// <summary>No program runs for longer, or is waited for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    private const int mostReplicas = 10_000;
    private const int mostTexts = 1000;
    private const int longestText = 1 << 16;

    /// <summary>Null when it can.</summary>
    public static string? Of(WorkloadSpec spec) =>
        spec.Request.Fault
        ?? (
            !spec.IsSeat && spec.Image is null && spec.Command.Count == 0 ? "it has neither an image nor a command"
            : spec.Parallelism is < 1 or > mostReplicas ? $"1 to {mostReplicas} replicas run side by side"
            : spec.Completions is < 1 or > mostReplicas ? $"1 to {mostReplicas} replicas are to succeed"
            : spec.BackoffLimit < 0 ? "a back-off limit is not negative"
            : spec.TimeLimit <= TimeSpan.Zero
            || !IsTime(spec.TimeLimit)
            || !IsTime(spec.ForgetAfter)
            || !IsTime(spec.Grace)
                ? $"times are not negative, and not above {Longest.TotalDays} days"
            : spec.Command.Count + spec.Environment.Count + spec.Volumes.Count > mostTexts
                ? $"a command, its environment and its volumes have at most {mostTexts} parts"
            : Texts(spec).Any(text => text.Length > longestText || text.Contains('\0', StringComparison.Ordinal))
                ? $"texts have at most {longestText} characters, and no NUL"
            : spec.Volumes.Any(volume => !IsPath(volume.Source) || !IsPath(volume.Target))
                ? "volumes go from one absolute path to another"
            : null
        );

    private static IEnumerable<string> Texts(WorkloadSpec spec) =>
        [
            .. spec.Command,
            .. spec.Environment.Keys,
            .. spec.Environment.Values,
            spec.Image ?? "",
            spec.WorkingDirectory ?? "",
        ];

    private static bool IsTime(TimeSpan? time) => time is null || (time >= TimeSpan.Zero && time <= Longest);

    private static bool IsPath(string path) =>
        path.StartsWith('/') && !path.Contains('\0', StringComparison.Ordinal) && !path.Split('/').Contains("..");
}
