using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Scheduling.Outcomes;
using Braid.Workloads.Keeping;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Placement;

/// <summary>
/// Does what scheduling decided, in one transaction: each step only if its replica stands as it stood when it was decided, and
/// of what is placed together nothing or all. What could not be done is decided anew.
/// </summary>
internal sealed class Placer(WorkKeeper keeper, Authenticator authenticator, TimeProvider clock)
{
    /// <summary>Of a text that says why a workload waits.</summary>
    private const int longestReason = 2000;

    /// <summary>Of some workloads.</summary>
    /// <returns>False when something stood otherwise.</returns>
    public async Task<bool> DoAsync(
        DbWrite db,
        IReadOnlyDictionary<string, ReplicaRow> seen,
        IEnumerable<IGrouping<RunId, Decision>> workloads
    )
    {
        var isAsSeen = true;
        foreach (var steps in workloads)
        {
            isAsSeen &= await DoAsync(db, steps.Key, [.. steps], seen);
        }

        return isAsSeen;
    }

    /// <summary>Keeps what was found out, though nothing is placed: why workloads wait, and what they are promised.</summary>
    public static async Task NoteAsync(DbWrite db, ClusterRows seen, Decisions decisions)
    {
        await NoteWaitsAsync(db, seen, decisions);
        await NotePromisesAsync(db, seen, decisions);
        foreach (var mark in decisions.StaleMarks)
        {
            await db.ExecuteAsync("UPDATE workload SET stale_since = @Since WHERE id = @Workload", mark);
        }
    }

    private async Task<bool> DoAsync(
        DbWrite db,
        RunId workload,
        IReadOnlyList<Decision> steps,
        IReadOnlyDictionary<string, ReplicaRow> seen
    )
    {
        if (await WorkloadRow.FindAsync(db, workload) is not { } row)
        {
            return false;
        }

        var now = (await ReplicaRow.OfAsync(db, workload)).ToDictionary(SnapshotMaker.IdOf, StringComparer.Ordinal);
        if (steps.Any(step => !IsSame(seen[step.Replica], now.GetValueOrDefault(step.Replica))))
        {
            return false;
        }

        foreach (var step in steps)
        {
            await DoAsync(db, row, step, now[step.Replica]);
        }

        if (steps.Any(step => step is Decision.Bind) && !now.Values.Any(Releasing.IsHeld))
        {
            await db.ExecuteAsync(
                "UPDATE workload SET last_start = @now WHERE id = @workload",
                new { workload, now = clock.GetUtcNow() }
            );
        }

        if (await WorkloadRow.FindAsync(db, workload) is { Ended: null } live)
        {
            await keeper.KeepAsync(db, live);
        }

        return true;
    }

    private static bool IsSame(ReplicaRow then, ReplicaRow? now) =>
        (then.State, then.Fence) == (now?.State, now?.Fence);

    private Task DoAsync(DbWrite db, WorkloadRow workload, Decision step, ReplicaRow replica) =>
        step switch
        {
            Decision.Bind bind => BindAsync(db, workload, replica, bind.Place),
            Decision.Evict evict => ReleaseAsync(db, replica, $"{evict.Reason}", evict.Message),
            Decision.Move move => ReleaseAsync(
                db,
                replica with
                {
                    Promise = ReplicaRow.Pack(new PromisedPlace(move.To.Node, move.To.Gpus)),
                },
                $"{move.Reason}",
                move.Message
            ),
            _ => throw new InvalidOperationException($"no such step: {step}"),
        };

    private async Task BindAsync(DbWrite db, WorkloadRow workload, ReplicaRow replica, Place place)
    {
        var now = clock.GetUtcNow();
        var fence = await db.ScalarAsync<long>(
            "UPDATE workload SET fence = fence + 1 WHERE id = @Id RETURNING fence",
            new { workload.Id }
        );
        var attempt = new Caller.Job(
            workload.Id,
            workload.ProjectId,
            ReplicaRow.AttemptOf(workload.Id, replica.Name, fence),
            new HashSet<string>()
        );
        var keys = await authenticator.IssueForReplicaAsync(db, attempt);
        await ReplicaRow.UpdateAsync(
            db,
            replica with
            {
                State = ReplicaRow.ToText(ReplicaState.Bound),
                Fence = fence,
                Node = place.Node,
                Devices = ReplicaRow.Pack(place.Gpus),
                Promise = null,
                Keys = keys.AccessKey,
                Lines = 0,
                Release = "",
                Message = "",
                ExitCode = null,
                Placed = now,
                Started = null,
                Ended = null,
            }
        );
        await db.ExecuteAsync("UPDATE workload SET waiting = '' WHERE id = @Id", new { workload.Id });
        await WorkloadEvents.AddAsync(db, workload.Id, now, "Placed", $"{replica.Name} on {Describe(place)}");
        db.Announce(Topics.Node(place.Node));
    }

    private async Task ReleaseAsync(DbWrite db, ReplicaRow replica, string kind, string message)
    {
        await WorkloadEvents.AddAsync(db, replica.WorkloadId, clock.GetUtcNow(), kind, message);
        await Releasing.BeginAsync(db, replica, ReleaseReason.Preempted, message);
    }

    private static async Task NoteWaitsAsync(DbWrite db, ClusterRows seen, Decisions decisions)
    {
        var told = seen.Workloads.ToDictionary(row => row.Id, row => row.Waiting);
        foreach (var wait in decisions.Waits)
        {
            var why = string.Join("; ", wait.Constraints.Select(constraint => constraint.Message));
            why = why.Length > longestReason ? why[..longestReason] : why;
            if (told.GetValueOrDefault(wait.Workload) is { } before && before != why)
            {
                await db.ExecuteAsync(
                    "UPDATE workload SET waiting = @why WHERE id = @Workload AND ended IS NULL",
                    new { wait.Workload, why }
                );
                db.Announce(Topics.Workload(wait.Workload));
            }
        }
    }

    /// <summary>Promises of this cycle take the place of those of the one before.</summary>
    private static async Task NotePromisesAsync(DbWrite db, ClusterRows seen, Decisions decisions)
    {
        var promised = decisions
            .Steps.OfType<Decision.Promise>()
            .ToDictionary(
                step => step.Replica,
                step => ReplicaRow.Pack(new PromisedPlace(step.Place.Node, step.Place.Gpus)),
                StringComparer.Ordinal
            );
        var changed = seen
            .Replicas.Where(row => row.ReadState() == ReplicaState.Pending)
            .Select(row => (Row: row, Promise: promised.GetValueOrDefault(SnapshotMaker.IdOf(row))))
            .Where(pair => pair.Row.Promise != pair.Promise);
        await db.ExecuteAsync(
            "UPDATE replica SET promise = @Promise WHERE workload_id = @WorkloadId AND name = @Name AND state = 'pending'",
            changed.Select(pair => new
            {
                pair.Promise,
                pair.Row.WorkloadId,
                pair.Row.Name,
            })
        );
    }

    private static string Describe(Place place) =>
        place.Gpus.Count == 0 ? place.Node : $"{place.Node}, GPU {string.Join(", ", place.Gpus)}";
}
