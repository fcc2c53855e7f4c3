using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Replicas;
using Braid.TrainingJobs.Statuses;

namespace Braid.TrainingJobs.Reconciling;

/// <summary>Brings the replicas that are there towards those that should be.</summary>
internal static class ReplicaTurns
{
    public static List<ReplicaTurn> Of(JobTurn turn)
    {
        var seen = turn.Replicas.ToDictionary(replica => replica.Id);
        return
        [
            .. turn
                .Job.ReplicaIds()
                .Select(id => ReplicaTurn.Of(turn.Job, id, seen.GetValueOrDefault(id), turn.Memory.AttemptOf(id))),
        ];
    }

    public static void Take(JobTurn turn, IReadOnlyList<ReplicaTurn> replicas)
    {
        Restart(turn, replicas);
        FailForGood(turn, replicas);
        foreach (var replica in replicas.Where(_ => !turn.Status.IsFinished()))
        {
            Bring(turn, replica);
        }

        DeleteThoseTooMany(turn, replicas);
    }

    /// <summary>Remembers what failed first since the last restart: what it took with it is no cause.</summary>
    public static void NoteFirstFailure(JobTurn turn, IReadOnlyList<ReplicaTurn> replicas)
    {
        var first = replicas
            .Where(replica => replica.Fate is not ReplicaFate.WaitsForRestart)
            .Select(replica => replica.Seen)
            .Where(seen => seen is { Phase: ReplicaPhase.Failed })
            .OrderBy(seen => seen?.EndedAt ?? DateTimeOffset.MaxValue)
            .FirstOrDefault();
        if (first is not null && turn.Memory.FirstFailure is null)
        {
            turn.Memory = turn.Memory with { FirstFailure = Describe(first) };
        }
    }

    private static string Describe(ObservedReplica replica) =>
        (replica.IsEvicted, replica.ExitCode) switch
        {
            (true, _) => $"{replica.Id} was evicted",
            (_, { } code) => $"{replica.Id} exited with code {code}",
            _ => $"{replica.Id} failed",
        };

    /// <summary>Orders the next attempt of what ended, or of the whole gang; it begins when the delay is over.</summary>
    private static void Restart(JobTurn turn, IReadOnlyList<ReplicaTurn> replicas)
    {
        var ended = replicas.Where(replica => replica.Fate is ReplicaFate.Restarts).ToList();
        if (ended.Count == 0)
        {
            return;
        }

        var attempts = new Dictionary<string, int>(turn.Memory.Attempts);
        var restarted = turn.Options.RestartsWholeGang && Reconciler.IsLockstep(turn.Job) ? replicas : ended;
        foreach (var replica in restarted)
        {
            attempts[replica.Id.ToString()] =
                Math.Max(turn.Memory.AttemptOf(replica.Id), replica.Seen?.Attempt ?? 0) + 1;
        }

        turn.Memory = turn.Memory with
        {
            Attempts = attempts,
            Restarts = turn.Memory.Restarts + 1,
            RestartNotBefore = turn.Now + Delay(turn),
            FirstFailure = null,
        };
        foreach (var type in ended.Select(replica => replica.Id.Type).Distinct())
        {
            var message = $"job {turn.Job.Name} is restarting because {type} replica(s) failed.";
            turn.Tell(isWarning: true, nameof(JobConditionType.Restarting), message);
            turn.Set(JobConditionType.Restarting, message);
        }
    }

    /// <summary>Doubles with each restart of the job.</summary>
    private static TimeSpan Delay(JobTurn turn)
    {
        var delay = turn.Options.FirstRestartDelay * Math.Pow(2, Math.Min(turn.Memory.Restarts, 30));
        return delay < turn.Options.LongestRestartDelay ? delay : turn.Options.LongestRestartDelay;
    }

    private static void FailForGood(JobTurn turn, IReadOnlyList<ReplicaTurn> replicas)
    {
        foreach (var replica in replicas.Where(replica => replica.Fate is ReplicaFate.FailsForGood))
        {
            turn.Fail($"job \"{turn.Job.Name}\" is failing because \"{replica.Id.Type}\" replica(s) failed.");
        }
    }

    private static void Bring(JobTurn turn, ReplicaTurn replica)
    {
        var attempt = turn.Memory.AttemptOf(replica.Id);
        if (replica.Seen is null)
        {
            if (attempt == 0 || MayRestart(turn))
            {
                turn.Do(new ReconcileAction.CreateReplica(replica.Id, attempt));
            }
        }
        else if (replica.Seen.Attempt < attempt && MayRestart(turn))
        {
            turn.Do(new ReconcileAction.RestartReplica(replica.Id, attempt));
        }
    }

    private static bool MayRestart(JobTurn turn)
    {
        if (turn.Memory.RestartNotBefore is not { } time || turn.Now >= time)
        {
            return true;
        }

        turn.LookAgain(time);
        return false;
    }

    private static void DeleteThoseTooMany(JobTurn turn, IReadOnlyList<ReplicaTurn> replicas)
    {
        var wanted = replicas.Select(replica => replica.Id).ToHashSet();
        foreach (
            var replica in turn
                .Replicas.Where(replica => !wanted.Contains(replica.Id) && !replica.IsDeleting)
                .OrderBy(replica => replica.Id)
        )
        {
            turn.Do(new ReconcileAction.DeleteReplica(replica.Id));
        }
    }
}
