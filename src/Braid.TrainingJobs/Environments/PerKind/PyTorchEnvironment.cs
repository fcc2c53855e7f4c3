using System.Globalization;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Environments.PerKind;

/// <summary>What <c>init_process_group</c> reads (<c>MASTER_ADDR</c> and the like), and what torchrun does (<c>PET_...</c>).</summary>
internal static class PyTorchEnvironment
{
    public static IReadOnlyList<EnvVar> Of(TrainingJob job, ReplicaId id, AddressPlan plan) =>
        [
            EnvVar.Of("PYTHONUNBUFFERED", "1"),
            .. job.Has(ReplicaTypes.Master) ? Ranks(job, id, plan) : [],
            .. job.Spec.NprocPerNode is { } processes ? [EnvVar.Of("PET_NPROC_PER_NODE", processes)] : (EnvVar[])[],
            .. job.Spec.ElasticPolicy is { } elastic
                ? Rendezvous(elastic, plan)
                : [EnvVar.Of("PET_NNODES", Text(job.TotalReplicas()))],
        ];

    private static IEnumerable<EnvVar> Ranks(TrainingJob job, ReplicaId id, AddressPlan plan)
    {
        var master = plan[new(ReplicaTypes.Master, 0)];
        var rank = Text(ReplicaRanks.Of(job, id) ?? id.Index);
        var processes = int.TryParse(job.Spec.NprocPerNode, CultureInfo.InvariantCulture, out var count) ? count : 1;
        yield return EnvVar.Of("MASTER_PORT", Text(master.Port));
        yield return EnvVar.Of("PET_MASTER_PORT", Text(master.Port));
        yield return EnvVar.Of("MASTER_ADDR", master.ShortHost);
        yield return EnvVar.Of("PET_MASTER_ADDR", master.ShortHost);
        yield return EnvVar.Of("WORLD_SIZE", Text(job.TotalReplicas() * processes));
        yield return EnvVar.Of("RANK", rank);
        yield return EnvVar.Of("PET_NODE_RANK", rank);
    }

    private static IEnumerable<EnvVar> Rendezvous(ElasticPolicy elastic, AddressPlan plan)
    {
        var first = plan[new(ReplicaTypes.Worker, 0)];
        var endpoint = $"{elastic.RdzvHost ?? first.ShortHost}:{Text(elastic.RdzvPort ?? first.Port)}";
        yield return EnvVar.Of("PET_RDZV_ENDPOINT", endpoint);
        yield return EnvVar.Of("PET_RDZV_BACKEND", elastic.RdzvBackend ?? "c10d");
        yield return EnvVar.Of("PET_NNODES", $"{Text(elastic.MinReplicas ?? 0)}:{Text(elastic.MaxReplicas ?? 0)}");
        if (elastic.MaxRestarts is { } restarts)
        {
            yield return EnvVar.Of("PET_MAX_RESTARTS", Text(restarts));
        }

        if (elastic.NProcPerNode is { } processes)
        {
            yield return EnvVar.Of("PET_NPROC_PER_NODE", Text(processes));
        }

        if (elastic.RdzvId is { } id)
        {
            yield return EnvVar.Of("PET_RDZV_ID", id);
        }

        if (elastic.RdzvConf.Count > 0)
        {
            var settings = elastic.RdzvConf.Select(setting => $"{setting.Key}={setting.Value}");
            yield return EnvVar.Of("PET_RDZV_CONF", string.Join(',', settings));
        }

        if (elastic.Standalone is true)
        {
            yield return EnvVar.Of("PET_STANDALONE", "");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
