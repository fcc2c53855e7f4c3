using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Reconciling.Outcomes;
using Braid.TrainingJobs.Replicas;
using Braid.TrainingJobs.Statuses;

namespace Braid.TrainingJobs.Reconciling;

/// <summary>
/// Decides what is to be done about a job, from what is known of it. Pure: the same observation gives the same decision, and a
/// decision that was carried out gives none to do.
/// <list type="number">
/// <item>A job that ended is cleaned up, and deleted when its time to live is over.</item>
/// <item>A suspended job has no replicas; a resumed one starts anew.</item>
/// <item>A job that used up its restarts or its time fails.</item>
/// <item>Replicas that miss are made, those too many deleted, those that failed started again or not.</item>
/// <item>The kind says what the replicas' states mean for the job.</item>
/// </list>
/// </summary>
public static class Reconciler
{
    /// <summary>The value of <c>managedBy</c> that leaves a job to this system, besides none.</summary>
    private const string thisController = "kubeflow.org/training-operator";

    public static ReconcileDecision Decide(JobObservation seen, ReconcileOptions options)
    {
        var turn = new JobTurn(seen, options);
        if (seen.Job.Spec.RunPolicy.ManagedBy is null or "" or thisController)
        {
            Take(turn);
        }

        return turn.Decision();
    }

    /// <summary>The job's replicas do each step together, so that none of them gets on when one is gone.</summary>
    public static bool IsLockstep(TrainingJob job) =>
        job.Spec.ElasticPolicy is null
        && job.Spec.EnableDynamicWorker is not true
        && !job.Has(ReplicaTypes.ParameterServer)
        && !(job.Kind is JobKind.PaddleJob && job.Has(ReplicaTypes.Master));

    private static void Take(JobTurn turn)
    {
        turn.NoteCreation();
        if (turn.Status.IsFinished())
        {
            Endings.CleanUp(turn); // 1
        }
        else if (turn.Job.Spec.RunPolicy.Suspend is true)
        {
            Suspension.Suspend(turn); // 2
        }
        else
        {
            Suspension.Resume(turn);
            TakeLive(turn);
        }
    }

    private static void TakeLive(JobTurn turn)
    {
        var replicas = ReplicaTurns.Of(turn);
        ReplicaTurns.NoteFirstFailure(turn, replicas);
        if (Limits.Broken(turn, replicas) is { } message)
        {
            Limits.Fail(turn, message); // 3
            return;
        }

        ReplicaTurns.Take(turn, replicas); // 4
        turn.Start();
        JobOutcome.Conclude(turn, replicas); // 5
        Limits.WaitForDeadline(turn);
    }
}
