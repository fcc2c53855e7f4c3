using System.Globalization;
using Braid.TrainingJobs.Kinds;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Environments.PerKind;

/// <summary>What <c>paddle.distributed.launch</c> reads: with a master it runs servers and trainers, without one peers.</summary>
internal static class PaddleEnvironment
{
    private const string ownAddress = "POD_IP_DUMMY";

    public static IReadOnlyList<EnvVar> Of(TrainingJob job, ReplicaId id, AddressPlan plan)
    {
        var hasMaster = job.Has(ReplicaTypes.Master);
        var first = new ReplicaId(hasMaster ? ReplicaTypes.Master : ReplicaTypes.Worker, 0);
        return
        [
            EnvVar.Of("PYTHONUNBUFFERED", "1"),
            EnvVar.Of("PADDLE_JOB_ID", job.Name),
            EnvVar.Of("PADDLE_NNODES", job.TotalReplicas().ToString(CultureInfo.InvariantCulture)),
            .. id == first ? Self(plan[first]) : [Master(plan[first].ShortHost, plan[first].Port)],
            .. hasMaster
                ? [EnvVar.Of(id.Type is ReplicaTypes.Master ? "PADDLE_SERVER_NUM" : "PADDLE_TRAINER_NUM", "1")]
                : (EnvVar[])[],
        ];
    }

    /// <summary>The first replica listens on its own address, which only it knows in a cluster.</summary>
    private static IEnumerable<EnvVar> Self(ReplicaAddress address) =>
        [
            address.Ip is { } ip
                ? EnvVar.Of(ownAddress, ip)
                : new()
                {
                    Name = ownAddress,
                    ValueFrom = new() { FieldRef = new() { FieldPath = "status.podIP" } },
                },
            Master($"$({ownAddress})", address.Port),
        ];

    private static EnvVar Master(string host, int port) =>
        EnvVar.Of("PADDLE_MASTER", string.Create(CultureInfo.InvariantCulture, $"{host}:{port}"));
}
