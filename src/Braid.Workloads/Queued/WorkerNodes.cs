using Braid.Tracking.Workers;
using Braid.Workloads.Nodes;

namespace Braid.Workloads.Queued;

/// <summary>
/// Workers that are not ours (ClearML's agents) as nodes: they take one run at a time, of the queues that they listen to, and nothing
/// else is placed on them.
/// </summary>
internal static class WorkerNodes
{
    /// <summary>The pool that they are in.</summary>
    public const string Pool = "clearml-agents";

    /// <summary>What runs replicas there, and the taint that keeps other work away.</summary>
    public const string Kind = "clearml-agent";

    private const string prefix = "clearml/";

    /// <summary>Workers report every half a minute; nothing new is given to one that was silent for so long.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(90);

    /// <summary>No node of ours has such a name.</summary>
    public static string NameOf(string worker) => prefix + worker;

    /// <summary>A worker's node, or a place on none.</summary>
    public static bool IsWorker(string? node) => node?.StartsWith(prefix, StringComparison.Ordinal) == true;

    public static bool IsReady(Worker worker, DateTimeOffset now) =>
        worker.IsThere(now) && now - worker.LastReport < patience;

    public static Node Show(Worker worker, DateTimeOffset now) =>
        new()
        {
            Name = NameOf(worker.Name),
            Machine = new()
            {
                CpuMillicores = 0,
                MemoryBytes = 0,
                Gpus = [.. Enumerable.Range(0, worker.Gpus).Select(index => new MachineGpu(index, "", "", 0))],
                Pool = Pool,
                Executors = [Kind],
                Address = worker.Address,
            },
            Registered = worker.Registered,
            LastSeen = worker.LastReport,
            IsAlive = IsReady(worker, now),
        };
}
