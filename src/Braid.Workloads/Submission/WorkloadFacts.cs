using Braid.Scheduling.Snapshots;
using Braid.TrainingJobs.Replicas;
using Braid.Workloads.Kinds;
using Braid.Workloads.Replicas;

namespace Braid.Workloads.Submission;

/// <summary>So much of the machines.</summary>
/// <param name="Gpus">In devices.</param>
public readonly record struct MachineParts(double Gpus, long CpuMillicores, long MemoryBytes)
{
    public static MachineParts operator +(MachineParts left, MachineParts right) =>
        new(left.Gpus + right.Gpus, left.CpuMillicores + right.CpuMillicores, left.MemoryBytes + right.MemoryBytes);

    public static MachineParts operator *(MachineParts parts, double part) =>
        new(parts.Gpus * part, (long)(parts.CpuMillicores * part), (long)(parts.MemoryBytes * part));
}

/// <summary>What follows from what a workload is and how its replicas stand.</summary>
/// <param name="Priority">Its own, else its kind's.</param>
/// <param name="IsPreemptible">Others may take its places.</param>
/// <param name="Wanted">What its replicas need that have not ended.</param>
/// <param name="Held">What those of them have that are on nodes.</param>
public sealed record WorkloadFacts(int Priority, bool IsPreemptible, MachineParts Wanted, MachineParts Held)
{
    /// <summary>What each replica holds, by its node.</summary>
    public required IReadOnlyList<(string Node, MachineParts Parts)> Places { get; init; }

    /// <summary>The number by which its framework knows a replica among all, by the replica's name; not of those that have none.</summary>
    public required IReadOnlyDictionary<string, int> Ranks { get; init; }

    /// <param name="workload">With its replicas.</param>
    /// <param name="leastGpuBytes">The memory of the smallest device: GPU memory is counted in it; 0 when none is known.</param>
    public static WorkloadFacts Of(Workload workload, long leastGpuBytes)
    {
        if (!Works.Of(workload.Name, workload.Spec).TryGet(out var work, out _))
        {
            return Unknown(workload);
        }

        var live = workload
            .Replicas.Where(one => one.State is not (ReplicaState.Succeeded or ReplicaState.Failed))
            .Select(one => (Replica: one, Parts: NeedOf(RequestOf(work, one), leastGpuBytes)))
            .ToList();
        var places = live.Where(one => one.Replica.Node is not null).ToList();
        return new(
            work.Priority,
            work.IsPreemptible ?? work.Priority < PriorityClasses.Build,
            Sum(live.Select(one => one.Parts)),
            Sum(places.Select(one => one.Parts))
        )
        {
            Places = [.. places.Select(one => (one.Replica.Node ?? "", one.Parts))],
            Ranks = RanksOf(work, workload.Replicas),
        };
    }

    /// <summary>Of one that says nothing that can be read: where its replicas are is known, not what they hold.</summary>
    private static WorkloadFacts Unknown(Workload workload) =>
        new(PriorityClasses.Train, IsPreemptible: true, default, default)
        {
            Places =
            [
                .. workload
                    .Replicas.Select(one => one.Node)
                    .OfType<string>()
                    .Select(node => (node, default(MachineParts))),
            ],
            Ranks = new Dictionary<string, int>(),
        };

    private static Dictionary<string, int> RanksOf(IWork work, IEnumerable<Replicas.Replica> replicas) =>
        replicas
            .Select(one => (one.Name, Rank: work.RankOf(one.Group, one.Index)))
            .Where(one => one.Rank is not null)
            .ToDictionary(one => one.Name, one => one.Rank ?? 0, StringComparer.Ordinal);

    /// <summary>A queued run has what its machine gave it.</summary>
    private static ReplicaRequest RequestOf(IWork work, Replicas.Replica replica) =>
        work is QueuedWork queued && replica.Node is not null
            ? queued.RequestOn(replica.Gpus.Count)
            : work.PartOf(replica.Group).Request;

    internal static MachineParts Sum(IEnumerable<MachineParts> parts) =>
        parts.Aggregate(default(MachineParts), (sum, part) => sum + part);

    internal static MachineParts NeedOf(ReplicaRequest request, long leastGpuBytes) =>
        new(DevicesOf(request.Gpu, leastGpuBytes), request.CpuMillis, request.MemoryBytes);

    /// <summary>An instance of a MIG profile counts as its slices, as scheduling counts it.</summary>
    public static double DevicesOf(GpuRequest request, long leastGpuBytes) =>
        request switch
        {
            GpuRequest.Whole whole => whole.Devices,
            GpuRequest.Fraction part => part.Devices * part.Portion,
            GpuRequest.Memory memory when leastGpuBytes > 0 => memory.Devices
                * ((double)(memory.Mebibytes << 20) / leastGpuBytes),
            GpuRequest.Memory memory => memory.Devices,
            GpuRequest.Mig mig => mig.Instances * SlicesOf(mig.Profile),
            _ => 0,
        };

    private static int SlicesOf(string profile) =>
        int.TryParse(profile.Split('g')[0], System.Globalization.CultureInfo.InvariantCulture, out var slices)
            ? slices
            : 1;
}
