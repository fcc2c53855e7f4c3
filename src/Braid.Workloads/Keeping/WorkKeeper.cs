using Braid.Access.Credentials;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Logs;
using Braid.Tracking.Runs;
using Braid.TrainingJobs.Replicas;
using Braid.Workloads.Kinds;
using Braid.Workloads.Queued;
using Braid.Workloads.Replicas;
using Braid.Workloads.Shares;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Keeping;

/// <summary>
/// Brings a workload on after anything changed, in the transaction of the change: 1 its kind says what follows from how its
/// replicas stand; 2 that is done to the replicas; 3 the workload and its run become what they are now.
/// </summary>
internal sealed class WorkKeeper(
    Works works,
    Runs runs,
    Logs logs,
    QueuedRuns queued,
    Authenticator authenticator,
    TimeProvider clock
)
{
    /// <summary>Keeping it again may follow from what was done; this many times, then at the loop's next turn.</summary>
    private const int mostRounds = 3;

    /// <summary>So long people can see what became of a part of a job; who waits for its end hears of it at once.</summary>
    private static readonly TimeSpan partsStay = TimeSpan.FromDays(1);

    public async Task KeepAsync(DbWrite db, WorkloadRow row)
    {
        var limits = await LimitsOfAsync(db, row);
        for (var round = 1; round <= mostRounds && row.Ended is null; round++)
        {
            // 1
            var replicas = await ReplicaRow.OfAsync(db, row.Id);
            var idleUntil = limits.IdleUntil(replicas);
            if (idleUntil <= clock.GetUtcNow())
            {
                await EndAsync(db, row, WorkloadState.TimedOut, $"it did nothing for {limits.Idle}");
                return;
            }

            var outcome = works.Of(row).Keep(row, replicas, limits, clock.GetUtcNow());

            // 2
            await DoAsync(db, row, replicas, outcome.Steps);

            // 3
            row = await BecomeAsync(db, row, outcome with { LookAt = Earlier(outcome.LookAt, idleUntil) });
            if (outcome.Steps.Count == 0)
            {
                return;
            }
        }
    }

    /// <summary>Ends it, whatever its kind says.</summary>
    /// <param name="isSaid">Its run says so already, or goes on without it: it is not told.</param>
    public async Task EndAsync(DbWrite db, WorkloadRow row, WorkloadState state, string message, bool isSaid = false)
    {
        var replicas = await ReplicaRow.OfAsync(db, row.Id);
        await DoAsync(db, row, replicas, [.. replicas.Select(replica => new WorkStep.Stop(replica.Name))]);
        await BecomeAsync(db, row, new([], state, message, row.Status, null), isSaid);
    }

    /// <summary>Also of one that says nothing that can be read, which has to end somehow.</summary>
    private DateTimeOffset? ForgetAt(WorkloadRow row, DateTimeOffset ended) =>
        row.IsPart ? ended + partsStay : ended + works.Find(row)?.ForgetAfter;

    private static bool IsPreemptible(IWork work) => work.IsPreemptible ?? work.Priority < PriorityClasses.Build;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;

    /// <summary>What its share lets it do; a share that is gone limits nothing.</summary>
    private async Task<WorkLimits> LimitsOfAsync(DbRead db, WorkloadRow row)
    {
        if (await ShareRow.FindAsync(db, row.Share) is not { } share)
        {
            return default;
        }

        var terms = share.ToShare().Terms;
        return Enum.Parse<WorkloadKind>(row.Kind) switch
        {
            WorkloadKind.Interactive => new(
                terms.InteractiveTimeLimit,
                IsPreemptible(works.Of(row)) ? terms.PreemptibleIdleLimit : terms.InteractiveIdleLimit
            ),
            WorkloadKind.Inference => default,
            _ => new(terms.TrainTimeLimit, terms.TrainIdleLimit),
        };
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
                    await StopAsync(db, replica, ReleaseReason.Removed, remove.Why);
                    break;
                case WorkStep.Stop stop when byName.TryGetValue(stop.Name, out var replica):
                    await StopAsync(db, replica, ReleaseReason.Ended, "");
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

        await ReplicaRow.WaitAsync(
            db,
            replica,
            clock.GetUtcNow(),
            waiting => waiting with { Restarts = step.Restarts }
        );
    }

    private async Task StopAsync(DbWrite db, ReplicaRow replica, string reason, string why)
    {
        if (Releasing.IsHeld(replica))
        {
            await Releasing.BeginAsync(db, replica, reason, why);
        }
        else if (reason == ReleaseReason.Removed || replica.ReadState() == ReplicaState.Pending)
        {
            await ReplicaRow.DeleteAsync(db, replica, clock.GetUtcNow());
        }
    }

    private async Task<WorkloadRow> BecomeAsync(DbWrite db, WorkloadRow row, WorkOutcome outcome, bool isSaid = false)
    {
        var now = clock.GetUtcNow();
        var before = row.ReadState();
        foreach (var (kind, text) in outcome.Events)
        {
            await WorkloadEvents.AddAsync(db, row.Id, now, kind, text);
        }

        var hasEnded =
            outcome.State
            is WorkloadState.Succeeded
                or WorkloadState.Failed
                or WorkloadState.Stopped
                or WorkloadState.TimedOut;
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
            LookAt = hasEnded ? ForgetAt(row, now) : outcome.LookAt,
        };
        await WorkloadRow.UpdateAsync(db, next);
        db.Announce(Topics.Workload(row.Id));
        if (before != outcome.State && isSaid)
        {
            await WorkloadEvents.AddAsync(db, row.Id, now, $"{outcome.State}", outcome.Message);
        }
        else if (before != outcome.State)
        {
            await TellAsync(db, row, before, outcome);
        }

        await QueuedRuns.NoteAsync(db, next, works.Find(row));
        if (hasEnded)
        {
            await RevokeAsync(db, row);
        }

        return next;
    }

    /// <summary>Its programs speak to the server no more; what else belongs to the run of a part goes on.</summary>
    private async Task RevokeAsync(DbWrite db, WorkloadRow row)
    {
        if (!row.IsPart)
        {
            await authenticator.RevokeRunAsync(db, row.Id);
            return;
        }

        var replicas = await ReplicaRow.OfAsync(db, row.Id);
        await authenticator.RevokeAttemptsAsync(db, replicas.Select(replica => replica.Attempt));
    }

    /// <summary>The run becomes what its workload became; that of a part is its job's to end.</summary>
    private async Task TellAsync(DbWrite db, WorkloadRow row, WorkloadState before, WorkOutcome outcome)
    {
        var message = outcome.Message;
        await WorkloadEvents.AddAsync(db, row.Id, clock.GetUtcNow(), $"{outcome.State}", message);
        if (row.QueueId is not null)
        {
            await queued.TellAsync(db, row, before, outcome);
            return;
        }

        if (!row.IsPart)
        {
            await SetStatusAsync(db, row.Id, outcome.State, message);
        }

        if (message.Length > 0)
        {
            await logs.AppendForJobAsync(db, row.RunId, $"{outcome.State}: {message}");
        }
    }

    private Task SetStatusAsync(DbWrite db, RunId run, WorkloadState state, string message)
    {
        var (status, reason) = state switch
        {
            WorkloadState.Running => (RunStatus.InProgress, ""),
            WorkloadState.Succeeded => (RunStatus.Completed, ""),
            WorkloadState.Failed or WorkloadState.TimedOut => (RunStatus.Failed, message),
            WorkloadState.Stopped or WorkloadState.Suspended => (RunStatus.Stopped, message),
            _ => (RunStatus.Queued, message),
        };
        return runs.SetStatusForJobAsync(db, run, status, reason, message);
    }
}
