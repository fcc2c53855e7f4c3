using Braid.Metadata;
using Braid.Tracking.Logs;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;
using Braid.Workloads.Kinds;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Queued;

/// <summary>
/// Tells a queued run what became of its work. The run belongs to whoever made it: what they, its program or its worker said of its
/// end stays as they said it.
/// </summary>
internal sealed class QueuedRuns(PlacedQueues queues, Logs logs)
{
    /// <summary>What a run goes back to its queue with when nobody said more.</summary>
    private const string lostPlace = "lost its place";

    public async Task TellAsync(DbWrite db, WorkloadRow row, WorkloadState before, WorkOutcome outcome)
    {
        var message = outcome.Message;
        switch (outcome.State)
        {
            case WorkloadState.Running:
                await StartAsync(db, row);
                break;
            case WorkloadState.Pending or WorkloadState.Suspended when before == WorkloadState.Running:
                var why = message.Length > 0 ? message : lostPlace;
                await queues.ReturnAsync(db, row.QueueId ?? default, row.Id, why);
                await logs.AppendForJobAsync(db, row.Id, $"Back in the queue: {why}");
                break;
            case WorkloadState.Suspended:
                await PlacedQueues.SayWaitAsync(db, row.Id, message);
                break;
            case WorkloadState.Succeeded:
                await queues.SetStatusAsync(
                    db,
                    row.Id,
                    RunStatus.Completed,
                    "",
                    RunStatus.Queued,
                    RunStatus.InProgress
                );
                break;
            case WorkloadState.Failed or WorkloadState.TimedOut:
                await queues.SetStatusAsync(
                    db,
                    row.Id,
                    RunStatus.Failed,
                    message,
                    RunStatus.Queued,
                    RunStatus.InProgress
                );
                break;
            case WorkloadState.Stopped:
                await queues.SetStatusAsync(
                    db,
                    row.Id,
                    RunStatus.Stopped,
                    message,
                    RunStatus.Queued,
                    RunStatus.InProgress
                );
                break;
        }
    }

    /// <summary>Says in its queue what it needs, by which those that need the same are found; of one that has ended, nothing any more.</summary>
    public static async Task NoteAsync(DbWrite db, WorkloadRow row, IWork? work)
    {
        var state = row.ReadState();
        if (row.QueueId is { } queue && state != WorkloadState.Running)
        {
            var needs =
                state == WorkloadState.Suspended ? ""
                : state == WorkloadState.Pending && work is QueuedWork queued ? queued.Needs
                : null;
            await PlacedQueues.NoteAsync(db, queue, row.Id, needs);
        }
    }

    /// <summary>A worker that is not ours says itself that it has begun.</summary>
    private async Task StartAsync(DbWrite db, WorkloadRow row)
    {
        var replicas = await ReplicaRow.OfAsync(db, row.Id);
        if (replicas.FirstOrDefault(Releasing.IsHeld) is { Node: { } node } && !WorkerNodes.IsWorker(node))
        {
            await queues.BeginAsync(db, row.QueueId ?? default, row.Id, $"runs on {node}");
        }
    }
}
