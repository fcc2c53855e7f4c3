using System.Globalization;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Environments.PerKind;

/// <summary>Where XGBoost's tracker is, and for LightGBM where all workers are.</summary>
internal static class XGBoostEnvironment
{
    public static IReadOnlyList<EnvVar> Of(TrainingJob job, ReplicaId id, AddressPlan plan)
    {
        var master = plan[new(ReplicaTypes.Master, 0)];
        var rank = ReplicaRanks.Of(job, id) ?? id.Index;
        return
        [
            EnvVar.Of("MASTER_PORT", Text(master.Port)),
            EnvVar.Of("MASTER_ADDR", master.ShortHost),
            EnvVar.Of("WORLD_SIZE", Text(job.TotalReplicas())),
            EnvVar.Of("RANK", Text(rank)),
            EnvVar.Of("PYTHONUNBUFFERED", "1"),
            .. job.CountOf(ReplicaTypes.Worker) > 0 ? Workers(job, plan) : [],
        ];
    }

    private static IEnumerable<EnvVar> Workers(TrainingJob job, AddressPlan plan)
    {
        var workers = job.ReplicaIds().Where(id => id.Type is ReplicaTypes.Worker).Select(id => plan[id]).ToList();
        yield return EnvVar.Of("WORKER_PORT", Text(workers[0].Port));
        yield return EnvVar.Of("WORKER_ADDRS", string.Join(',', workers.Select(worker => worker.ShortHost)));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
