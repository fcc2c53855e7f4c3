using Braid.Metadata;
using Braid.Tracking.Logs;
using Braid.Tracking.Queues;
using Braid.Workloads.Keeping;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Queued;

/// <summary>Does what was decided about queued runs, in somebody's transaction. What stands otherwise by now is decided anew.</summary>
internal sealed class QueueSteps(WorkKeeper keeper, Logs logs, TimeProvider clock)
{
    /// <summary>What it waits for until it is its turn to be looked at.</summary>
    private const string behind = "waits in its queue for its turn: those before it that need the same come first";

    public async Task DoAsync(DbWrite db, QueueStep step, QueuedState? seen)
    {
        var row = await WorkloadRow.FindAsync(db, step.Run);
        var replica = (await ReplicaRow.OfAsync(db, step.Run)).FirstOrDefault();
        if (step is QueueStep.Admit admit)
        {
            await AdmitAsync(db, admit, row, replica);
        }
        else if (row is not null && IsAsSeen(row, replica, seen))
        {
            await (replica is null ? EndAsync(db, row, null, step) : DoAsync(db, step, row, replica));
        }
    }

    private static bool IsAsSeen(WorkloadRow row, ReplicaRow? replica, QueuedState? seen) =>
        (row.Ended, row.Created) == (seen?.Work.Ended, seen?.Work.Created)
        && (replica?.State, replica?.Fence, replica?.Node)
            == (seen?.Replica?.State, seen?.Replica?.Fence, seen?.Replica?.Node);

    private Task DoAsync(DbWrite db, QueueStep step, WorkloadRow row, ReplicaRow replica) =>
        step switch
        {
            QueueStep.Again again => AgainAsync(db, row, replica, again.Message),
            QueueStep.Unbind => UnbindAsync(db, replica),
            QueueStep.Follow follow => FollowAsync(db, replica, follow),
            QueueStep.Warn => WarnAsync(db, row, replica),
            QueueStep.Leave => LeaveAsync(db, row, replica),
            _ => EndAsync(db, row, replica, step),
        };

    /// <summary>One that ended before is made anew, once nothing of it holds a place.</summary>
    private async Task AdmitAsync(DbWrite db, QueueStep.Admit step, WorkloadRow? known, ReplicaRow? old)
    {
        if (known is { Ended: null } && known.QueueId == step.Queue)
        {
            await keeper.KeepAsync(db, known); // which notes what it needs
            return;
        }

        if (known is { Ended: null } || (old is not null && Releasing.IsHeld(old)))
        {
            return;
        }

        var standing = await PlacedQueues.StandingsAsync(db, [step.Run]);
        if (
            standing.GetValueOrDefault(step.Run)?.Queue != step.Queue
            || await PlacedQueues.FindRunAsync(db, step.Run) is not { } run
        )
        {
            return;
        }

        if (old is not null)
        {
            await ReplicaRow.DeleteAsync(db, old, clock.GetUtcNow());
        }

        var now = clock.GetUtcNow();
        var row = new WorkloadRow
        {
            Id = run.Id,
            RunId = run.Id,
            Share = step.Share,
            Name = QueuedSpecs.NameOf(run),
            Kind = $"{WorkloadKind.Queued}",
            UserName = run.User,
            ProjectId = run.ProjectId,
            Spec = WorkloadRow.Pack(QueuedSpecs.Of(run)),
            State = $"{WorkloadState.Pending}",
            Waiting = behind,
            Created = now,
            QueueId = step.Queue,
        };
        await WorkloadRow.ReplaceAsync(db, row);
        await WorkloadEvents.AddAsync(db, run.Id, now, "Queued", $"by {run.User} in project {step.Share}");
        await PlacedQueues.SayWaitAsync(db, run.Id, behind);
        await keeper.KeepAsync(db, row);
    }

    /// <summary>Whoever else had it is told no more: it belongs to its queue.</summary>
    private async Task AgainAsync(DbWrite db, WorkloadRow row, ReplicaRow replica, string message)
    {
        await WorkloadEvents.AddAsync(db, row.Id, clock.GetUtcNow(), "Returned", message);
        if (WorkerNodes.IsWorker(replica.Node))
        {
            await ReplicaRow.WaitAsync(db, replica, clock.GetUtcNow(), waiting => waiting with { Message = message });
        }
        else
        {
            await Releasing.BeginAsync(db, replica, ReleaseReason.Preempted, message);
        }

        await keeper.KeepAsync(db, row);
        db.Announce(Topics.Placement);
    }

    private async Task UnbindAsync(DbWrite db, ReplicaRow replica)
    {
        await ReplicaRow.WaitAsync(db, replica, clock.GetUtcNow());
        db.Announce(Topics.Placement);
    }

    private static async Task FollowAsync(DbWrite db, ReplicaRow replica, QueueStep.Follow step)
    {
        await ReplicaRow.UpdateAsync(
            db,
            replica with
            {
                Node = step.Node,
                Devices = ReplicaRow.Pack(Enumerable.Range(0, step.Gpus)),
            }
        );
        db.Announce(Topics.Placement);
    }

    private async Task WarnAsync(DbWrite db, WorkloadRow row, ReplicaRow replica)
    {
        var grace = row.ReadSpec().Grace;
        await ReplicaRow.UpdateAsync(db, replica with { LeaveBy = clock.GetUtcNow() + grace });
        await logs.AppendForJobAsync(
            db,
            row.Id,
            $"It is to give up its place, and has {grace.TotalSeconds:0} s to save itself: {replica.Message}"
        );
        await PlacedQueues.SayAsync(db, row.Id, PlacedQueues.Stopping);
    }

    private async Task LeaveAsync(DbWrite db, WorkloadRow row, ReplicaRow replica)
    {
        await Releasing.EndAsync(db, replica, clock.GetUtcNow());
        if (row.Ended is null)
        {
            await keeper.KeepAsync(db, row);
        }

        db.Announce(Topics.Placement);
    }

    /// <summary>What a worker ran is off it when its run has ended; a node of ours is told to stop it.</summary>
    private async Task EndAsync(DbWrite db, WorkloadRow row, ReplicaRow? replica, QueueStep step)
    {
        if (step is not QueueStep.End end)
        {
            return; // nothing else is to be done without a replica
        }

        if (replica is not null && WorkerNodes.IsWorker(replica.Node))
        {
            var state = end.State == WorkloadState.Succeeded ? ReplicaState.Succeeded : ReplicaState.Failed;
            await ReplicaRow.UpdateAsync(
                db,
                replica with
                {
                    State = ReplicaRow.ToText(state),
                    Ended = clock.GetUtcNow(),
                    Message = end.Message,
                    Release = "",
                    LeaveBy = null,
                }
            );
        }

        await keeper.EndAsync(db, row, end.State, end.Message, end.IsSaid);
        db.Announce(Topics.Placement);
    }
}
