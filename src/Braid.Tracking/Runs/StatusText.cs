namespace Braid.Tracking.Runs;

/// <summary>The stored (and ClearML's) words for statuses: <c>created</c>, <c>in_progress</c>, ...</summary>
public static class StatusText
{
    private static readonly string[] words =
    [
        "created",
        "queued",
        "in_progress",
        "stopped",
        "closed",
        "failed",
        "completed",
        "publishing",
        "published",
        "unknown",
    ];

    public static string ToText(this RunStatus status) => words[(int)status];

    /// <summary>Parses what this system wrote itself.</summary>
    internal static RunStatus Parse(string text) =>
        TryParse(text, out var status) ? status : throw new FormatException($"'{text}' is no status of a run");

    public static bool TryParse(string text, out RunStatus status)
    {
        var at = Array.IndexOf(words, text);
        status = at < 0 ? RunStatus.Unknown : (RunStatus)at;
        return at >= 0;
    }
}
