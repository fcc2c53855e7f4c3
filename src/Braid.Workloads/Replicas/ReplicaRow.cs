using System.Text.Json;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Replicas;

/// <summary>A stored replica.</summary>
internal sealed record ReplicaRow
{
    public const string Columns = """
        r.workload_id, r.name, r.group_name, r.place, r.state, r.fence, r.restarts, r.node, r.devices, r.promise, r.keys, r.lines,
        r.release, r.message, r.exit_code, r.placed, r.started, r.ended, r.idle_since, r.leave_by
        """;

    /// <summary>Those that hold a place; with these very words there is an index of them.</summary>
    public const string IsHeld = "state IN ('bound', 'running', 'releasing')";

    public RunId WorkloadId { get; init; }
    public string Name { get; init; } = "";
    public string GroupName { get; init; } = "";

    /// <summary>Its number in the group, from 0.</summary>
    public long Place { get; init; }
    public string State { get; init; } = "";

    /// <summary>The number of its attempt.</summary>
    public long Fence { get; init; }

    /// <summary>How often it was begun again because it failed.</summary>
    public long Restarts { get; init; }
    public string? Node { get; init; }
    public string Devices { get; init; } = "[]";

    /// <summary>The place that it is to get; null for none.</summary>
    public string? Promise { get; init; }
    public string? Keys { get; init; }
    public long Lines { get; init; }
    public string Release { get; init; } = "";
    public string Message { get; init; } = "";
    public long? ExitCode { get; init; }
    public DateTimeOffset? Placed { get; init; }
    public DateTimeOffset? Started { get; init; }
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Since when it does nothing; null while it works.</summary>
    public DateTimeOffset? IdleSince { get; init; }

    /// <summary>When it counts as gone though nobody said so; null while it was not told to end, and on nodes of ours.</summary>
    public DateTimeOffset? LeaveBy { get; init; }

    /// <summary>The name of the attempt, whose credentials die with it.</summary>
    public string Attempt => AttemptOf(WorkloadId, Name, Fence);

    public static string AttemptOf(RunId workload, string replica, long fence) => $"{workload}/{replica}/{fence}";

    public static Task<ReplicaRow?> FindAsync(DbRead db, RunId workload, string name) =>
        db.FirstOrDefaultAsync<ReplicaRow>(
            $"SELECT {Columns} FROM replica r WHERE r.workload_id = @workload AND r.name = @name",
            new { workload, name }
        );

    /// <summary>By group and place.</summary>
    public static Task<IReadOnlyList<ReplicaRow>> OfAsync(DbRead db, RunId workload) =>
        db.QueryAsync<ReplicaRow>(
            $"SELECT {Columns} FROM replica r WHERE r.workload_id = @workload ORDER BY r.group_name, r.place",
            new { workload }
        );

    /// <summary>Of several workloads, in no order.</summary>
    public static Task<IReadOnlyList<ReplicaRow>> OfAsync(DbRead db, IEnumerable<RunId> workloads) =>
        RowLists.QueryAsync<ReplicaRow>(db, $"SELECT {Columns} FROM replica r WHERE r.workload_id IN {{0}}", workloads);

    /// <summary>Those that hold a place on a node, or are to.</summary>
    public static Task<IReadOnlyList<ReplicaRow>> OnAsync(DbRead db, string node) =>
        db.QueryAsync<ReplicaRow>(
            $"""
            SELECT {Columns} FROM replica r
            WHERE r.node = @node AND r.{IsHeld} ORDER BY r.workload_id, r.name
            """,
            new { node }
        );

    /// <summary>The nodes on which any holds a place, or is to.</summary>
    public static async Task<IReadOnlySet<string>> NodesAsync(DbRead db) =>
        (
            await db.QueryAsync<string>($"SELECT r.node FROM replica r WHERE r.{IsHeld} AND r.node IS NOT NULL")
        ).ToHashSet(StringComparer.Ordinal);

    public static Task InsertAsync(DbWrite db, IEnumerable<ReplicaRow> rows) =>
        db.ExecuteAsync(
            """
            INSERT INTO replica (
              workload_id, name, group_name, place, state, fence, restarts, devices, lines, release, message)
            VALUES (@WorkloadId, @Name, @GroupName, @Place, 'pending', 0, @Restarts, '[]', 0, '', '')
            """,
            rows
        );

    public static Task UpdateAsync(DbWrite db, ReplicaRow row) =>
        db.ExecuteAsync(
            """
            UPDATE replica SET state = @State, fence = @Fence, restarts = @Restarts, node = @Node, devices = @Devices,
              promise = @Promise, keys = @Keys, lines = @Lines, release = @Release, message = @Message, exit_code = @ExitCode,
              placed = @Placed, started = @Started, ended = @Ended, idle_since = @IdleSince, leave_by = @LeaveBy
            WHERE workload_id = @WorkloadId AND name = @Name
            """,
            row
        );

    public static async Task DeleteAsync(DbWrite db, ReplicaRow row, DateTimeOffset now)
    {
        await PastAttempts.AddAsync(db, row, now);
        await db.ExecuteAsync("DELETE FROM replica WHERE workload_id = @WorkloadId AND name = @Name", row);
    }

    /// <summary>Nothing of it runs anywhere, and nothing is to: until it has a place again.</summary>
    public static async Task WaitAsync(
        DbWrite db,
        ReplicaRow row,
        DateTimeOffset now,
        Func<ReplicaRow, ReplicaRow>? change = null
    )
    {
        await PastAttempts.AddAsync(db, row, now);
        var waiting = row with
        {
            State = ToText(ReplicaState.Pending),
            Node = null,
            Devices = "[]",
            Keys = null,
            Release = "",
            LeaveBy = null,
            Started = null,
            Ended = null,
        };
        await UpdateAsync(db, change?.Invoke(waiting) ?? waiting);
    }

    public static string ToText(ReplicaState state) => state.ToString().ToLowerInvariant();

    public static string Pack(IEnumerable<int> devices) =>
        JsonSerializer.Serialize([.. devices], WorkloadsJson.Default.Int32Array);

    public ReplicaState ReadState() => Enum.Parse<ReplicaState>(State, ignoreCase: true);

    /// <summary>The numbers of its node's GPUs that it has, or has a part of.</summary>
    public IReadOnlyList<int> ReadDevices() =>
        JsonSerializer.Deserialize(Devices, WorkloadsJson.Default.Int32Array) ?? [];

    public static string Pack(PromisedPlace place) =>
        JsonSerializer.Serialize(place, WorkloadsJson.Default.PromisedPlace);

    public PromisedPlace? ReadPromise() =>
        Promise is null ? null : JsonSerializer.Deserialize(Promise, WorkloadsJson.Default.PromisedPlace);
}

/// <summary>A place that others hold yet.</summary>
internal sealed record PromisedPlace(string Node, IReadOnlyList<int> Gpus);
