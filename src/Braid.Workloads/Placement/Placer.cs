using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Scheduling.Outcomes;
using Braid.Tracking.Logs;
using Braid.Tracking.Queues;
using Braid.Workloads.Keeping;
using Braid.Workloads.Kinds;
using Braid.Workloads.Nodes;
using Braid.Workloads.Queued;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;
using GpuRequest = Braid.Scheduling.Snapshots.GpuRequest;

namespace Braid.Workloads.Placement;

/// <summary>
/// Does what scheduling decided, in one transaction: each step only if its replica stands as it stood when it was decided, and
/// of what is placed together nothing or all. What could not be done is decided anew.
/// </summary>
internal sealed class Placer(Works works, WorkKeeper keeper, Logs logs, Authenticator authenticator, TimeProvider clock)
{
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
    public static async Task NoteAsync(DbWrite db, ClusterRows seen, Decisions decisions, IReadOnlyList<WaitNote> waits)
    {
        await NoteWaitsAsync(db, seen, waits);
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

        var isBegun = steps.Any(step => step is Decision.Bind);
        if (isBegun && row.QueueId is { } queue && !await PlacedQueues.WaitsAsync(db, queue, row.Id))
        {
            return false; // somebody took it out of its queue meanwhile
        }

        foreach (var step in steps)
        {
            await DoAsync(db, row, step, now[step.Replica]);
        }

        if (isBegun && !now.Values.Any(Releasing.IsHeld))
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
            Decision.Evict evict => ReleaseAsync(db, workload, replica, $"{evict.Reason}", evict.Message),
            Decision.Move move => ReleaseAsync(
                db,
                workload,
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
        await SetOffAsync(db, workload, replica, now);
        var fence = await db.ScalarAsync<long>(
            "UPDATE workload SET fence = fence + 1 WHERE id = @Id RETURNING fence",
            new { workload.Id }
        );
        var attempt = new Caller.Job(
            workload.RunId,
            workload.ProjectId,
            ReplicaRow.AttemptOf(workload.Id, replica.Name, fence),
            workload.ReadSpec().ReadableRepos.ToHashSet(StringComparer.Ordinal)
        );
        // A worker that is not ours has credentials of its own.
        var keys = WorkerNodes.IsWorker(place.Node) ? null : await authenticator.IssueForReplicaAsync(db, attempt);
        var devices = await DevicesAsync(db, workload, replica, place);
        await ReplicaRow.UpdateAsync(
            db,
            replica with
            {
                State = ReplicaRow.ToText(ReplicaState.Bound),
                Fence = fence,
                Node = place.Node,
                Devices = ReplicaRow.Pack(devices),
                Promise = null,
                Keys = keys?.AccessKey,
                Lines = 0,
                Release = "",
                Message = "",
                ExitCode = null,
                Placed = now,
                Started = null,
                IdleSince = null,
                Ended = null,
                LeaveBy = null,
            }
        );
        await db.ExecuteAsync("UPDATE workload SET waiting = '' WHERE id = @Id", new { workload.Id });
        await WorkloadEvents.AddAsync(
            db,
            workload.Id,
            now,
            "Placed",
            $"{replica.Name} on {Describe(place.Node, devices)}"
        );
        if (workload.QueueId is not null)
        {
            await PlacedQueues.SayAsync(db, workload.Id, $"has a place on {Describe(place.Node, devices)}");
        }

        db.Announce(Topics.Node(place.Node));
    }

    /// <summary>The numbers of the devices that it gets.</summary>
    private async Task<IReadOnlyList<int>> DevicesAsync(
        DbRead db,
        WorkloadRow workload,
        ReplicaRow replica,
        Place place
    )
    {
        if (works.Of(workload).PartOf(replica.GroupName).Request.Gpu is not GpuRequest.Mig asked)
        {
            return place.Gpus;
        }

        var node =
            await NodeRow.FindAsync(db, place.Node) ?? throw new InvalidDataException($"there is no node {place.Node}");
        var taken = (await ReplicaRow.OnAsync(db, place.Node)).SelectMany(one => one.ReadDevices()).ToHashSet();
        return DeviceNumbers.Pick(node.ReadMachine(), asked, taken);
    }

    /// <summary>What an earlier attempt printed stays, and the log says where the next one's lines begin.</summary>
    private async Task SetOffAsync(DbWrite db, WorkloadRow workload, ReplicaRow replica, DateTimeOffset now)
    {
        if (replica.Lines > 0)
        {
            var why = replica.Message.Length > 0 ? replica.Message : "it was lost";
            var text = $"{replica.Name} begins again: its lines up to here are of an attempt that is over ({why})";
            await logs.AppendForJobAsync(
                db,
                workload.RunId,
                [
                    new()
                    {
                        TimestampMs = now.ToUnixTimeMilliseconds(),
                        Text = text,
                        Level = "INFO",
                        Worker = replica.Name,
                        Source = LogSource.Server,
                    },
                ]
            );
        }
    }

    private async Task ReleaseAsync(DbWrite db, WorkloadRow workload, ReplicaRow replica, string kind, string message)
    {
        await WorkloadEvents.AddAsync(db, replica.WorkloadId, clock.GetUtcNow(), kind, message);
        await logs.AppendForJobAsync(
            db,
            workload.RunId,
            $"{replica.Name} is asked to end, and waits for another place: {message}"
        );
        await Releasing.BeginAsync(db, replica, ReleaseReason.Preempted, message);
    }

    private static async Task NoteWaitsAsync(DbWrite db, ClusterRows seen, IReadOnlyList<WaitNote> waits)
    {
        await db.ExecuteAsync("UPDATE workload SET waiting = @Why WHERE id = @Workload AND ended IS NULL", waits);
        var rows = seen.Workloads.ToDictionary(row => row.Id);
        foreach (var wait in waits)
        {
            db.Announce(Topics.Workload(wait.Workload));
            if (rows[wait.Workload] is { QueueId: not null } row && row.ReadState() == WorkloadState.Pending)
            {
                await PlacedQueues.SayWaitAsync(db, wait.Workload, wait.Why);
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

    private static string Describe(string node, IReadOnlyList<int> devices) =>
        devices.Count == 0 ? node : $"{node}, GPU {string.Join(", ", devices)}";
}
