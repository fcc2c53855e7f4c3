using Braid.Metadata;
using Braid.Primitives;
using Braid.Scheduling.Outcomes;
using Braid.Workloads.Placement;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Replaying;

/// <summary>What is stored of the work of a time, and the machines and shares as they are now.</summary>
/// <param name="Workloads">Those that had not ended before that time.</param>
internal sealed record PastRows(
    ClusterRows Now,
    IReadOnlyList<WorkloadRow> Workloads,
    ILookup<RunId, ReplicaRow> Replicas,
    ILookup<RunId, PastEvent> Events
)
{
    private const string condition = "(w.ended IS NULL OR w.ended > @since)";

    /// <summary>Events that say when a workload ran, and whether it gave way.</summary>
    private static readonly string[] kinds =
    [
        PastEvent.Running,
        .. PastEvent.Stops,
        .. Enum.GetNames<EvictionReason>(),
    ];

    /// <param name="most">One workload more than this is read, to tell that there are more.</param>
    public static async Task<PastRows> ReadAsync(DbRead db, DateTimeOffset since, int most)
    {
        var workloads = await db.QueryAsync<WorkloadRow>(
            $"SELECT {WorkloadRow.Columns} FROM workload w WHERE {condition} ORDER BY w.created, w.id LIMIT {most + 1}",
            new { since }
        );
        var replicas = await db.QueryAsync<ReplicaRow>(
            $"""
            SELECT {ReplicaRow.Columns} FROM replica r
            WHERE r.workload_id IN (SELECT w.id FROM workload w WHERE {condition})
            """,
            new { since }
        );
        var events = await db.QueryAsync<PastEvent>(
            $"""
            SELECT e.workload_id, e.at, e.kind FROM workload_event e
            WHERE e.workload_id IN (SELECT w.id FROM workload w WHERE {condition})
              AND e.kind IN ({string.Join(", ", kinds.Select(kind => $"'{kind}'"))})
            ORDER BY e.id
            """,
            new { since }
        );
        return new(
            await ClusterRows.ReadAsync(db),
            workloads,
            replicas.ToLookup(replica => replica.WorkloadId),
            events.ToLookup(told => told.WorkloadId)
        );
    }
}

/// <summary>Something that happened to a workload.</summary>
internal sealed record PastEvent
{
    public const string Running = nameof(WorkloadState.Running);

    /// <summary>From then on it does not run; its end is in its row.</summary>
    public static readonly string[] Stops =
    [
        nameof(WorkloadState.Pending),
        nameof(WorkloadState.Suspended),
        "Returned",
    ];

    public RunId WorkloadId { get; init; }
    public DateTimeOffset At { get; init; }
    public string Kind { get; init; } = "";
}
