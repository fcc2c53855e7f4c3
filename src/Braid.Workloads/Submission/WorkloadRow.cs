using System.Text.Json;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Workloads.Submission;

/// <summary>A stored workload.</summary>
internal sealed record WorkloadRow
{
    public const string Columns = """
        w.id, w.share, w.name, w.kind, w.user_name, w.project_id, w.spec, w.status, w.state, w.suspended, w.waiting,
        w.created, w.started, w.last_start, w.stale_since, w.ended, w.look_at, w.run_id, w.queue_id,
        w.ran_ms, w.gpu_ms
        """;

    public RunId Id { get; init; }

    /// <summary>The run that its programs write to; another than its own for a part of a job.</summary>
    public RunId RunId { get; init; }
    public string Share { get; init; } = "";
    public string Name { get; init; } = "";
    public string Kind { get; init; } = "";
    public string UserName { get; init; } = "";
    public ProjectId ProjectId { get; init; }
    public string Spec { get; init; } = "{}";

    /// <summary>What its kind keeps about it; empty for nothing.</summary>
    public string Status { get; init; } = "";
    public string State { get; init; } = "";
    public bool Suspended { get; init; }
    public string Waiting { get; init; } = "";
    public DateTimeOffset Created { get; init; }
    public DateTimeOffset? Started { get; init; }

    /// <summary>When all that must run together ran together last.</summary>
    public DateTimeOffset? LastStart { get; init; }

    /// <summary>Since when less runs than must run together.</summary>
    public DateTimeOffset? StaleSince { get; init; }
    public DateTimeOffset? Ended { get; init; }

    /// <summary>When it is to be looked at though nothing happens; null for never.</summary>
    public DateTimeOffset? LookAt { get; init; }

    /// <summary>The queue that it waits in, and goes back to; null of what was submitted.</summary>
    public QueueId? QueueId { get; init; }

    /// <summary>How long attempts ran that no replica is at any more.</summary>
    public long RanMs { get; init; }

    /// <summary>The same, times the GPUs that they had.</summary>
    public long GpuMs { get; init; }

    public static Task<WorkloadRow?> FindAsync(DbRead db, RunId id) =>
        db.FirstOrDefaultAsync<WorkloadRow>($"SELECT {Columns} FROM workload w WHERE w.id = @id", new { id });

    /// <summary>The run that the programs of a workload write to.</summary>
    public static Task<RunId> RunOfAsync(DbRead db, RunId id) =>
        db.ScalarAsync<RunId>("SELECT run_id FROM workload WHERE id = @id", new { id });

    /// <summary>Those that have not ended, oldest first.</summary>
    public static Task<IReadOnlyList<WorkloadRow>> LiveAsync(DbRead db) =>
        db.QueryAsync<WorkloadRow>($"SELECT {Columns} FROM workload w WHERE w.ended IS NULL ORDER BY w.created, w.id");

    /// <summary>Those of some that have not ended.</summary>
    public static Task<IReadOnlyList<WorkloadRow>> LiveAsync(DbRead db, IEnumerable<RunId> ids) =>
        RowLists.QueryAsync<WorkloadRow>(
            db,
            $"SELECT {Columns} FROM workload w WHERE w.ended IS NULL AND w.id IN {{0}}",
            ids
        );

    public static Task InsertAsync(DbWrite db, WorkloadRow row) =>
        db.ExecuteAsync(
            """
            INSERT INTO workload (
              id, share, name, kind, user_name, project_id, spec, status, state, suspended, waiting, created, look_at,
              fence, run_id)
            VALUES (
              @Id, @Share, @Name, @Kind, @UserName, @ProjectId, @Spec, @Status, @State, @Suspended, @Waiting, @Created,
              @LookAt, 0, @RunId)
            """,
            row
        );

    /// <summary>Makes it, or makes it anew where one of its id has ended; numbers of attempts go on.</summary>
    public static Task ReplaceAsync(DbWrite db, WorkloadRow row) =>
        db.ExecuteAsync(
            """
            INSERT INTO workload (
              id, share, name, kind, user_name, project_id, spec, status, state, suspended, waiting, created, fence, run_id,
              queue_id)
            VALUES (
              @Id, @Share, @Name, @Kind, @UserName, @ProjectId, @Spec, @Status, @State, @Suspended, @Waiting, @Created, 0,
              @RunId, @QueueId)
            ON CONFLICT (id) DO UPDATE SET
              share = excluded.share, name = excluded.name, user_name = excluded.user_name,
              project_id = excluded.project_id, spec = excluded.spec, status = excluded.status,
              state = excluded.state, suspended = excluded.suspended, waiting = excluded.waiting,
              created = excluded.created, queue_id = excluded.queue_id, started = NULL, last_start = NULL,
              stale_since = NULL, ended = NULL, look_at = NULL
            """,
            row
        );

    /// <summary>Writes what changes while it lives.</summary>
    public static Task UpdateAsync(DbWrite db, WorkloadRow row) =>
        db.ExecuteAsync(
            """
            UPDATE workload SET status = @Status, state = @State, suspended = @Suspended, waiting = @Waiting,
              started = @Started, last_start = @LastStart, stale_since = @StaleSince, ended = @Ended, look_at = @LookAt
            WHERE id = @Id
            """,
            row
        );

    /// <summary>It belongs to a job that has a run of its own, and ends it itself.</summary>
    public bool IsPart => RunId != Id;

    /// <summary>Lets the loop look at it, if it has not ended.</summary>
    public static async Task LookAtAsync(DbWrite db, RunId id, DateTimeOffset at)
    {
        await db.ExecuteAsync("UPDATE workload SET look_at = @at WHERE id = @id AND ended IS NULL", new { id, at });
        db.Announce(Topics.Workloads);
    }

    /// <summary>With its replicas and what happened to it; its run stays.</summary>
    public static async Task DeleteAsync(DbWrite db, RunId id)
    {
        await db.ExecuteAsync("DELETE FROM replica WHERE workload_id = @id", new { id });
        await db.ExecuteAsync("DELETE FROM workload_event WHERE workload_id = @id", new { id });
        await db.ExecuteAsync("DELETE FROM workload WHERE id = @id", new { id });
        db.Announce(Topics.Workload(id));
    }

    public static string Pack(WorkloadSpec spec) => JsonSerializer.Serialize(spec, WorkloadsJson.Default.WorkloadSpec);

    public WorkloadState ReadState() => Enum.Parse<WorkloadState>(State, ignoreCase: true);

    public WorkloadSpec ReadSpec() =>
        JsonSerializer.Deserialize(Spec, WorkloadsJson.Default.WorkloadSpec)
        ?? throw new InvalidDataException($"workload {Id} has no spec");

    /// <summary>For people, who also see one whose spec cannot be read: then no more than its kind is known, and why.</summary>
    public (WorkloadSpec Spec, string? Fault) ShowSpec()
    {
        try
        {
            return (ReadSpec(), null);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException)
        {
            _ = Enum.TryParse<WorkloadKind>(Kind, out var kind);
            return (new() { Kind = kind }, $"its spec cannot be read: {error.Message}");
        }
    }
}
