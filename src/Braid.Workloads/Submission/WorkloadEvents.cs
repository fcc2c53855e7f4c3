using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Workloads.Submission;

/// <summary>Something that happened to a workload.</summary>
/// <param name="Kind">One word: <c>Submitted</c>, <c>Placed</c>, <c>Started</c>, <c>Preempted</c>, ...</param>
public sealed record WorkloadEvent(DateTimeOffset At, string Kind, string Text);

/// <summary>Adding and reading events in a session.</summary>
internal static class WorkloadEvents
{
    /// <summary>Of one workload: the last ones are kept.</summary>
    private const int most = 200;

    public static async Task AddAsync(DbWrite db, RunId workload, DateTimeOffset at, string kind, string text)
    {
        db.Announce(Topics.Workload(workload));
        await db.ExecuteAsync(
            "INSERT INTO workload_event (workload_id, at, kind, text) VALUES (@workload, @at, @kind, @text)",
            new
            {
                workload,
                at,
                kind,
                text,
            }
        );
        await db.ExecuteAsync(
            """
            DELETE FROM workload_event WHERE workload_id = @workload AND id <= (
              SELECT id FROM workload_event WHERE workload_id = @workload ORDER BY id DESC LIMIT 1 OFFSET @most)
            """,
            new { workload, most }
        );
    }

    /// <summary>The last ones, oldest first.</summary>
    public static async Task<IReadOnlyList<WorkloadEvent>> OfAsync(DbRead db, RunId workload)
    {
        var rows = await db.QueryAsync<Row>(
            "SELECT at, kind, text FROM workload_event WHERE workload_id = @workload ORDER BY id DESC",
            new { workload }
        );
        return [.. rows.Reverse().Select(row => new WorkloadEvent(row.At, row.Kind, row.Text))];
    }

    /// <summary>What went wrong first: a replica's end, or the workload's own; null when nothing did.</summary>
    public static Task<string?> FirstFailureAsync(DbRead db, RunId workload) =>
        db.FirstOrDefaultAsync<string>(
            "SELECT text FROM workload_event WHERE workload_id = @workload AND kind = @failed ORDER BY id LIMIT 1",
            new { workload, failed = $"{ReplicaState.Failed}" }
        );

    private sealed record Row
    {
        public DateTimeOffset At { get; init; }
        public string Kind { get; init; } = "";
        public string Text { get; init; } = "";
    }
}
