namespace Braid.Gateway.Web.Workloads.Records;

/// <summary>The answer of <c>POST /api/whatif/replay</c>: a time as it was, and as it would have been.</summary>
internal sealed record RetrospectRecord
{
    public DateTimeOffset Since { get; init; }
    public DateTimeOffset Until { get; init; }
    public required IReadOnlyList<ShareFiguresRecord> Recorded { get; init; }

    /// <summary>Decided again under the rules as they are.</summary>
    public required IReadOnlyList<ShareFiguresRecord> Replayed { get; init; }

    /// <summary>Decided again under those that were asked about; null when none were.</summary>
    public IReadOnlyList<ShareFiguresRecord>? Supposed { get; init; }

    /// <summary>What is taken for granted.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }
}

/// <summary>What became of a project's work; waits are in seconds.</summary>
/// <param name="Waited">How many workloads had not run before.</param>
/// <param name="Started">How many of them ran.</param>
/// <param name="LongWait">What 95 of 100 waited at most.</param>
internal sealed record ShareFiguresRecord(
    string Project,
    int Waited,
    int Started,
    double? MeanWait,
    double? LongWait,
    double GpuHours,
    int Preemptions
);
