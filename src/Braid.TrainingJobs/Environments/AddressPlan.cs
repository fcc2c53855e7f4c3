using System.Globalization;
using System.Net;
using System.Text;
using Braid.TrainingJobs.Manifests;
using Braid.TrainingJobs.Replicas;

namespace Braid.TrainingJobs.Environments;

/// <summary>How a replica is reached by the others.</summary>
/// <param name="Host">By its full name, or by an address.</param>
/// <param name="ShortHost">By its name within the namespace, or by an address.</param>
/// <param name="Port">The port of its type, or one of its own.</param>
/// <param name="Ip">Its own address; null where the replica itself finds out (<c>status.podIP</c>).</param>
public sealed record ReplicaAddress(string Host, string ShortHost, int Port, string? Ip);

/// <summary>How the replicas of a job reach each other: by names in a cluster, or in one of two ways on one machine.</summary>
public sealed class AddressPlan
{
    private const int loopbackNet = 127 << 24;
    private const int firstLoopback = loopbackNet | (1 << 8);
    private const int mostLoopbacks = (1 << 24) - (1 << 8) - 2;

    private readonly Dictionary<ReplicaId, ReplicaAddress> addresses;

    private AddressPlan(Dictionary<ReplicaId, ReplicaAddress> addresses, bool isOneMachine, string hostsFile)
    {
        this.addresses = addresses;
        IsOneMachine = isOneMachine;
        HostsFile = hostsFile;
    }

    /// <summary>All replicas run side by side, so that one starts programs of another without a network.</summary>
    public bool IsOneMachine { get; }

    /// <summary>What <c>/etc/hosts</c> of each replica must hold; empty where names resolve by themselves, or none are used.</summary>
    public string HostsFile { get; }

    public ReplicaAddress this[ReplicaId id] =>
        addresses.GetValueOrDefault(id) ?? throw new ArgumentException($"the job has no replica {id}", nameof(id));

    /// <summary>Headless services: <c>NAME.NAMESPACE.svc</c> and the port of the replica's type.</summary>
    /// <param name="job">Admitted.</param>
    /// <param name="clusterDomain">What follows <c>.svc</c> (the operator's <c>CUSTOM_CLUSTER_DOMAIN</c>); null: nothing.</param>
    public static AddressPlan Cluster(TrainingJob job, string? clusterDomain = null) =>
        new(
            job.ReplicaIds()
                .ToDictionary(
                    id => id,
                    id => new ReplicaAddress(
                        FullName(job, id, clusterDomain),
                        JobReplicas.NameOf(job, id),
                        JobReplicas.PortOf(job, id.Type),
                        Ip: null
                    )
                ),
            isOneMachine: false,
            hostsFile: ""
        );

    /// <summary>
    /// One machine, names and ports as in the cluster: each replica has a loopback address of its own, from 127.0.1.1 on, and a private
    /// <see cref="HostsFile"/> says which. For programs that listen on their own name, or on a port of which there is one in the job.
    /// </summary>
    /// <param name="job">Admitted.</param>
    /// <param name="offset">How many addresses to leave to other jobs that run at the same time.</param>
    /// <param name="clusterDomain">As in <see cref="Cluster"/>.</param>
    public static AddressPlan Loopback(TrainingJob job, int offset = 0, string? clusterDomain = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, mostLoopbacks - job.TotalReplicas());
        var plan = new Dictionary<ReplicaId, ReplicaAddress>();
        var hosts = new StringBuilder("127.0.0.1 localhost\n");
        foreach (var id in job.ReplicaIds())
        {
            var ip = LoopbackAddress(offset + plan.Count + 1);
            var full = FullName(job, id, clusterDomain);
            var name = JobReplicas.NameOf(job, id);
            plan[id] = new(full, name, JobReplicas.PortOf(job, id.Type), ip);
            hosts.Append(CultureInfo.InvariantCulture, $"{ip} {full} {name}.{job.Namespace} {name}\n");
        }

        return new(plan, isOneMachine: true, hosts.ToString());
    }

    /// <summary>One machine, no names: each replica is at 127.0.0.1 and a port of its own.</summary>
    /// <param name="job">Admitted.</param>
    /// <param name="port">A free port for a replica.</param>
    public static AddressPlan Ports(TrainingJob job, Func<ReplicaId, int> port)
    {
        var ip = IPAddress.Loopback.ToString();
        return new(
            job.ReplicaIds().ToDictionary(id => id, id => new ReplicaAddress(ip, ip, port(id), ip)),
            isOneMachine: true,
            hostsFile: ""
        );
    }

    private static string FullName(TrainingJob job, ReplicaId id, string? clusterDomain) =>
        $"{JobReplicas.NameOf(job, id)}.{job.Namespace}.svc{(clusterDomain is { Length: > 0 } ? $".{clusterDomain}" : "")}";

    private static string LoopbackAddress(int number) =>
        new IPAddress([.. BitConverter.GetBytes(firstLoopback + number).Reverse()]).ToString();
}
