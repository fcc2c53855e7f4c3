using Braid.Primitives;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Queued;

/// <summary>
/// What follows from how queues, runs and their work stand: 1 what holds a place at a worker and is to give it up is told, and is off
/// when it has ended or its time is over; 2 what a worker runs is followed: its run says whether it goes on; 3 so does what runs on a
/// node of ours; 4 what waits goes on to be work only while it stands in its queue; 5 what is new in a queue becomes work.
/// </summary>
internal static class QueueDecisions
{
    /// <summary>A worker that took a run has so long to say that it began it; one that parks it elsewhere stops it meanwhile.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan parking = TimeSpan.FromSeconds(15);

    public static IReadOnlyList<QueueStep> Decide(QueueView view, DateTimeOffset now)
    {
        var works = view.Works.ToDictionary(state => state.Work.Id);
        var steps = view.Works.Select(state => Of(state, view, now)).OfType<QueueStep>().ToList();
        var decided = steps.Select(step => step.Run).ToHashSet();
        return
        [
            .. steps,
            // 5
            .. view
                .New.Where(entry =>
                    works.GetValueOrDefault(entry.Run) is not { } state
                    || (state.IsHere && !decided.Contains(entry.Run) && !IsHeld(state))
                )
                .Select(entry => new QueueStep.Admit(entry.Run, entry.Queue, ShareOf(view, entry.Queue))),
        ];
    }

    private static bool IsHeld(QueuedState state) => state.Replica is { } replica && Releasing.IsHeld(replica);

    private static QueueStep? Of(QueuedState state, QueueView view, DateTimeOffset now)
    {
        var (work, replica, isHere) = (state.Work, state.Replica, state.IsHere);
        if (replica is null)
        {
            return work.Ended is null ? Waiting(state, view, isHere, isBound: false, now) : null;
        }

        var isAtWorker = WorkerNodes.IsWorker(replica.Node);
        return replica.ReadState() switch
        {
            ReplicaState.Releasing when isAtWorker => Released(state, replica, now), // 1
            ReplicaState.Releasing => null, // its node says when it has ended
            _ when work.Ended is not null => null,
            ReplicaState.Running when isAtWorker => Followed(state, replica, isHere, now), // 2
            ReplicaState.Running => Run(state, isHere), // 3
            var waits => Waiting(state, view, isHere, waits == ReplicaState.Bound && isAtWorker, now), // 4
        };
    }

    private static QueueStep? Released(QueuedState state, ReplicaRow replica, DateTimeOffset now) =>
        state.Run?.Status switch
        {
            RunStatus.Completed or RunStatus.Published when state.Work.Ended is null => EndOf(state),
            RunStatus.InProgress when replica.LeaveBy is null => new QueueStep.Warn(state.Work.Id),
            RunStatus.InProgress when replica.LeaveBy > now => null,
            // Whoever took it is about to begin it, and hears nothing before.
            RunStatus.Queued when state.Run.Queue is null && now - replica.Started < patience => null,
            _ => new QueueStep.Leave(state.Work.Id),
        };

    private static QueueStep? Followed(QueuedState state, ReplicaRow replica, bool isHere, DateTimeOffset now)
    {
        var (id, taken) = (state.Work.Id, now - replica.Started);
        return state.Run switch
        {
            null => EndOf(state),
            { Status: RunStatus.Queued } when isHere => new QueueStep.Again(id, "was put back in its queue"),
            { Worker: { } worker, Status: RunStatus.Queued or RunStatus.InProgress } run => Moved(
                id,
                replica,
                worker,
                run.Gpus
            ),
            { Status: RunStatus.InProgress } => null,
            { Status: RunStatus.Queued, IsParked: true } parked => Moved(id, replica, $"{parked.Queue}:{id}", 0),
            { Status: RunStatus.Queued, Queue: null } when taken > patience => new QueueStep.Again(
                id,
                $"{replica.Node} took it and has not begun it for {patience.TotalSeconds:0} s"
            ),
            { Status: RunStatus.Queued, Queue: null } => null,
            { Status: RunStatus.Stopped } when taken < parking => null,
            _ => EndOf(state),
        };
    }

    private static QueueStep.Follow? Moved(RunId id, ReplicaRow replica, string worker, int gpus)
    {
        var node = WorkerNodes.NameOf(worker);
        return replica.Node == node && replica.ReadDevices().Count == gpus ? null : new(id, node, gpus);
    }

    private static QueueStep? Run(QueuedState state, bool isHere) =>
        state.Run switch
        {
            { Status: RunStatus.InProgress, Message: PlacedQueues.Stopping } => new QueueStep.End(
                state.Work.Id,
                WorkloadState.Stopped,
                "was stopped",
                IsSaid: false
            ),
            { Status: RunStatus.InProgress } => null,
            // A program that says that it has completed may have things to do yet.
            { Status: RunStatus.Completed or RunStatus.Published or RunStatus.Publishing } => null,
            { Status: RunStatus.Queued } when isHere => new QueueStep.Again(state.Work.Id, "was put back in its queue"),
            _ => EndOf(state),
        };

    private static QueueStep? Waiting(
        QueuedState state,
        QueueView view,
        bool isHere,
        bool isBound,
        DateTimeOffset now
    ) =>
        !isHere ? EndOf(state)
        : state.Work.Share != ShareOf(view, state.Work.QueueId ?? default)
            ? new QueueStep.End(state.Work.Id, WorkloadState.Stopped, "its queue has another project now")
        : isBound && !IsExpected(state, view, now) ? new QueueStep.Unbind(state.Work.Id)
        : null;

    /// <summary>The worker for which it is meant is there, listens to its queue, and runs nothing else.</summary>
    private static bool IsExpected(QueuedState state, QueueView view, DateTimeOffset now) =>
        view.Workers.Any(worker =>
            WorkerNodes.NameOf(worker.Name) == state.Replica?.Node
            && WorkerNodes.IsReady(worker, now)
            && worker.Queues.Contains(state.Work.QueueId ?? default)
            && (worker.Run is null || worker.Run == state.Work.Id)
        );

    private static QueueStep.End EndOf(QueuedState state) =>
        state.Run switch
        {
            null => new(state.Work.Id, WorkloadState.Stopped, "its run was deleted"),
            { Status: RunStatus.Completed or RunStatus.Published or RunStatus.Publishing } => new(
                state.Work.Id,
                WorkloadState.Succeeded,
                ""
            ),
            { Status: RunStatus.Failed } failed => new(state.Work.Id, WorkloadState.Failed, failed.Message),
            { Status: RunStatus.Stopped } => new(state.Work.Id, WorkloadState.Stopped, "was stopped"),
            _ => new(state.Work.Id, WorkloadState.Stopped, "left its queue"),
        };

    private static string ShareOf(QueueView view, QueueId queue) =>
        view.Shares.GetValueOrDefault(queue, Shares.Shares.Default);
}
