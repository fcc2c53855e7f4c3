namespace Braid.TrainingJobs.Reconciling;

/// <summary>
/// Where this system knowingly does otherwise than Kubeflow's training operator, each by itself. docs/adr/0017 says why.
/// </summary>
public sealed record ReconcileOptions
{
    /// <summary>The operator's own ways.</summary>
    public static ReconcileOptions Kubeflow { get; } = new();

    /// <summary>What this system does unless it is told otherwise.</summary>
    public static ReconcileOptions Braid { get; } =
        new()
        {
            RestartsWholeGang = true,
            CountsRestartsPerJob = true,
            CleansUpRunning = true,
            NamesFirstFailure = true,
            FirstRestartDelay = TimeSpan.FromSeconds(1),
            LongestRestartDelay = TimeSpan.FromMinutes(5),
        };

    /// <summary>
    /// When a rank dies and may be started again, all replicas that run are: the others would wait for it for ever. Not for
    /// elastic jobs, dynamic workers and parameter servers' jobs, which live with it.
    /// </summary>
    public bool RestartsWholeGang { get; init; }

    /// <summary><c>backoffLimit</c> counts every restart of the job, those by exit code too; else only those that pods count themselves.</summary>
    public bool CountsRestartsPerJob { get; init; }

    /// <summary>
    /// A job that ended leaves nothing running, also where <c>cleanPodPolicy</c> is <c>None</c>: what goes on (parameter servers,
    /// ranks that wait for one that died) holds machines that nobody waits for. What ended by itself stays, with its logs.
    /// </summary>
    public bool CleansUpRunning { get; init; }

    /// <summary>A failed job's message names the replica that failed first, and its exit code.</summary>
    public bool NamesFirstFailure { get; init; }

    /// <summary>What passes before the first restart; it doubles with each one after it.</summary>
    public TimeSpan FirstRestartDelay { get; init; }

    public TimeSpan LongestRestartDelay { get; init; }
}
