using System.Text.Json;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Workloads.Submission;

/// <summary>A stored workload.</summary>
internal sealed record WorkloadRow
{
    public const string Columns = """
        w.id, w.share, w.name, w.kind, w.user_name, w.project_id, w.spec, w.status, w.state, w.suspended, w.waiting,
        w.created, w.started, w.last_start, w.stale_since, w.ended, w.look_at
        """;

    public RunId Id { get; init; }
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

    public static Task<WorkloadRow?> FindAsync(DbRead db, RunId id) =>
        db.FirstOrDefaultAsync<WorkloadRow>($"SELECT {Columns} FROM workload w WHERE w.id = @id", new { id });

    /// <summary>Those that have not ended, oldest first.</summary>
    public static Task<IReadOnlyList<WorkloadRow>> LiveAsync(DbRead db) =>
        db.QueryAsync<WorkloadRow>($"SELECT {Columns} FROM workload w WHERE w.ended IS NULL ORDER BY w.created, w.id");

    public static Task InsertAsync(DbWrite db, WorkloadRow row) =>
        db.ExecuteAsync(
            """
            INSERT INTO workload (
              id, share, name, kind, user_name, project_id, spec, status, state, suspended, waiting, created, look_at, fence)
            VALUES (
              @Id, @Share, @Name, @Kind, @UserName, @ProjectId, @Spec, @Status, @State, @Suspended, @Waiting, @Created,
              @LookAt, 0)
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

    public static string Pack(WorkloadSpec spec) => JsonSerializer.Serialize(spec, WorkloadsJson.Default.WorkloadSpec);

    public WorkloadState ReadState() => Enum.Parse<WorkloadState>(State, ignoreCase: true);

    public WorkloadSpec ReadSpec() =>
        JsonSerializer.Deserialize(Spec, WorkloadsJson.Default.WorkloadSpec)
        ?? throw new InvalidDataException($"workload {Id} has no spec");
}
