using Braid.Access.Credentials;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Logs;
using Braid.Tracking.Runs;
using Braid.Workloads.Kinds;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Keeping;

/// <summary>
/// Brings a workload on after anything changed, in the transaction of the change: 1 its kind says what follows from how its
/// replicas stand; 2 that is done to the replicas; 3 the workload and its run become what they are now.
/// </summary>
internal sealed class WorkKeeper(Works works, Runs runs, Logs logs, Authenticator authenticator, TimeProvider clock)
{
    /// <summary>Keeping it again may follow from what was done; this many times, then at the loop's next turn.</summary>
    private const int mostRounds = 3;

    public async Task KeepAsync(DbWrite db, WorkloadRow row)
    {
        for (var round = 1; round <= mostRounds && row.Ended is null; round++)
        {
            // 1
            var replicas = await ReplicaRow.OfAsync(db, row.Id);
            var outcome = works.Of(row).Keep(row, replicas, clock.GetUtcNow());

            // 2
            await DoAsync(db, row, replicas, outcome.Steps);

            // 3
            row = await BecomeAsync(db, row, outcome);
            if (outcome.Steps.Count == 0)
            {
                return;
            }
        }
    }

    /// <summary>Ends it, whatever its kind says.</summary>
    public async Task EndAsync(DbWrite db, WorkloadRow row, WorkloadState state, string message)
    {
        var replicas = await ReplicaRow.OfAsync(db, row.Id);
        await DoAsync(db, row, replicas, [.. replicas.Select(replica => new WorkStep.Stop(replica.Name))]);
        await BecomeAsync(db, row, new([], state, message, row.Status, null));
    }

    private async Task DoAsync(
        DbWrite db,
        WorkloadRow row,
        IReadOnlyList<ReplicaRow> replicas,
        IReadOnlyList<WorkStep> steps
    )
    {
        var byName = replicas.ToDictionary(replica => replica.Name, StringComparer.Ordinal);
        await ReplicaRow.InsertAsync(
            db,
            steps
                .OfType<WorkStep.Create>()
                .Where(step => !byName.ContainsKey(step.Name))
                .Select(step => new ReplicaRow
                {
                    WorkloadId = row.Id,
                    Name = step.Name,
                    GroupName = step.Group,
                    Place = step.Place,
                    Restarts = step.Restarts,
                })
        );
        foreach (var step in steps)
        {
            switch (step)
            {
                case WorkStep.Restart restart when byName.TryGetValue(restart.Name, out var replica):
                    await RestartAsync(db, replica, restart);
                    break;
                case WorkStep.Remove remove when byName.TryGetValue(remove.Name, out var replica):
                    await StopAsync(db, replica, ReleaseReason.Removed);
                    break;
                case WorkStep.Stop stop when byName.TryGetValue(stop.Name, out var replica):
                    await StopAsync(db, replica, ReleaseReason.Ended);
                    break;
            }
        }

        if (steps.Count > 0)
        {
            db.Announce(Topics.Placement);
        }
    }

    /// <summary>One that has ended waits again; one that runs is stopped first.</summary>
    private async Task RestartAsync(DbWrite db, ReplicaRow replica, WorkStep.Restart step)
    {
        var reason = ReleaseReason.Restarted(step.Restarts);
        if (replica.Release == reason || replica.Restarts == step.Restarts)
        {
            return; // it was told already
        }

        await WorkloadEvents.AddAsync(
            db,
            replica.WorkloadId,
            clock.GetUtcNow(),
            "Restarting",
            $"{replica.Name}: {step.Why}"
        );
        if (Releasing.IsHeld(replica))
        {
            await Releasing.BeginAsync(db, replica, reason, step.Why);
            return;
        }

        await ReplicaRow.UpdateAsync(db, replica.Waiting() with { Restarts = step.Restarts });
    }

    private async Task StopAsync(DbWrite db, ReplicaRow replica, string reason)
    {
        if (Releasing.IsHeld(replica))
        {
            await Releasing.BeginAsync(db, replica, reason, "");
        }
        else if (reason == ReleaseReason.Removed || replica.ReadState() == ReplicaState.Pending)
        {
            await ReplicaRow.DeleteAsync(db, replica);
        }
    }

    private async Task<WorkloadRow> BecomeAsync(DbWrite db, WorkloadRow row, WorkOutcome outcome)
    {
        var now = clock.GetUtcNow();
        var before = row.ReadState();
        foreach (var (kind, text) in outcome.Events)
        {
            await WorkloadEvents.AddAsync(db, row.Id, now, kind, text);
        }

        var hasEnded = outcome.State is WorkloadState.Succeeded or WorkloadState.Failed or WorkloadState.Stopped;
        var next = row with
        {
            State = $"{outcome.State}",
            Status = outcome.Status,
            Waiting = outcome.State == WorkloadState.Pending ? row.Waiting : outcome.Message,
            Started = outcome.State switch
            {
                WorkloadState.Running => row.Started ?? now,
                WorkloadState.Suspended => null, // its time begins anew
                _ => row.Started,
            },
            Ended = hasEnded ? now : null,
            LookAt = outcome.LookAt,
        };
        await WorkloadRow.UpdateAsync(db, next);
        db.Announce(Topics.Workload(row.Id));
        if (before != outcome.State)
        {
            await TellAsync(db, row.Id, outcome);
        }

        if (hasEnded)
        {
            await authenticator.RevokeRunAsync(db, row.Id);
        }

        return next;
    }

    /// <summary>The run becomes what its workload became.</summary>
    private async Task TellAsync(DbWrite db, RunId id, WorkOutcome outcome)
    {
        var message = outcome.Message;
        await WorkloadEvents.AddAsync(db, id, clock.GetUtcNow(), $"{outcome.State}", message);
        var (status, reason) = outcome.State switch
        {
            WorkloadState.Running => (RunStatus.InProgress, ""),
            WorkloadState.Succeeded => (RunStatus.Completed, ""),
            WorkloadState.Failed => (RunStatus.Failed, message),
            WorkloadState.Stopped or WorkloadState.Suspended => (RunStatus.Stopped, message),
            _ => (RunStatus.Queued, message),
        };
        await runs.SetStatusForJobAsync(db, id, status, reason, message);
        if (message.Length > 0)
        {
            await logs.AppendForJobAsync(db, id, $"{outcome.State}: {message}");
        }
    }
}
