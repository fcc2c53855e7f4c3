using Braid.Primitives;
using Braid.Scheduling.Snapshots;
using Braid.Tracking.Queues;
using Braid.Tracking.Workers;
using Braid.Workloads.Nodes;
using Braid.Workloads.Placement;
using Braid.Workloads.Replicas;
using Node = Braid.Scheduling.Snapshots.Node;

namespace Braid.Workloads.Queued;

/// <summary>Where a run that waits in a queue may go, and what it takes there.</summary>
/// <param name="Gpus">All that the worker has; null on nodes of ours, where it gets what it asks for.</param>
/// <param name="Usual">What it gets there when it does not say.</param>
/// <param name="Selector">Labels of the nodes that it may go to.</param>
/// <param name="Since">As when it counts as having come: before those behind it in its queue.</param>
internal sealed record QueuePlace(
    int? Gpus,
    int Usual,
    IReadOnlyDictionary<string, string> Selector,
    DateTimeOffset Since
);

/// <summary>
/// The machines that take runs from queues, as placing sees them. A worker that is not ours gives a run all that it has, so what a run
/// needs depends on who takes it: the first runs of a queue are meant for the idle workers that listen to it, those with fewest GPUs
/// first; what comes after them is meant for our nodes that serve the queue, or waits for workers.
/// </summary>
internal sealed class QueuePlaces
{
    private const string gpuLabel = "clearml/gpus";
    private const string oursLabel = "braid/agent";

    private readonly Dictionary<RunId, QueuePlace> places = [];
    private readonly ILookup<string, string> served;

    public QueuePlaces(ClusterRows rows, DateTimeOffset now)
    {
        var held = rows.Replicas.Where(Releasing.IsHeld).ToLookup(row => row.Node ?? "", StringComparer.Ordinal);
        var names = rows.Queues.ToDictionary(queue => queue.Id, queue => queue.Name);
        var workers = rows.Workers.Where(worker => worker.Queues.Any(names.ContainsKey)).ToList();
        Workers =
        [
            .. workers.Select(worker =>
                NodeOf(
                    worker,
                    IsFree(worker, held, now),
                    worker.Queues.Where(names.ContainsKey).Select(id => names[id])
                )
            ),
            .. Gone(workers, held),
        ];
        served = rows
            .Nodes.SelectMany(node => node.ReadMachine().Queues.Select(queue => (node.Name, queue)))
            .ToLookup(pair => pair.Name, pair => pair.queue, StringComparer.Ordinal);
        var ours = rows
            .Nodes.Where(node => node.IsAlive(now))
            .SelectMany(node => served[node.Name].Select(queue => (queue, HasGpus: HasGpus(node))))
            .ToLookup(pair => pair.queue, pair => pair.HasGpus, StringComparer.Ordinal);
        var needNone = rows
            .Workloads.Where(row => row.Suspended)
            .Select(row => row.Id)
            .Concat(held.SelectMany(on => on).Select(row => row.WorkloadId))
            .ToHashSet();
        foreach (var queue in rows.Queues)
        {
            var listening = workers
                .Where(worker => worker.Queues.Contains(queue.Id))
                .OrderBy(worker => worker.Gpus)
                .ToList();
            var idle = listening.FindAll(worker =>
                IsFree(worker, held, now) && !held.Contains(WorkerNodes.NameOf(worker.Name))
            );
            Offer(
                [.. queue.Entries.Where(entry => !needNone.Contains(entry.Run))],
                queue.Name,
                idle,
                listening,
                ours.Contains(queue.Name)
                    ? ours[queue.Name].Any(has => has)
                        ? 1
                        : 0
                    : null
            );
        }
    }

    /// <summary>The workers, as nodes.</summary>
    public IReadOnlyList<Node> Workers { get; }

    /// <summary>Where a waiting run may go; null when it does not wait in a queue of which the runs are placed.</summary>
    public QueuePlace? Of(RunId run) => places.GetValueOrDefault(run);

    /// <summary>What a node of ours is called by for the queues that it serves, besides its own labels.</summary>
    public IReadOnlyDictionary<string, string> LabelsOf(string node, IReadOnlyDictionary<string, string> own) =>
        !served.Contains(node)
            ? own
            : own.Concat(served[node].Select(queue => KeyValuePair.Create(LabelOf(queue), "")))
                .Append(new(oursLabel, ""))
                .DistinctBy(label => label.Key)
                .ToDictionary(StringComparer.Ordinal);

    /// <summary>The place of a run that had so many GPUs, anywhere where its queue is served.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="isWorkers">A worker that is not ours had it.</param>
    public static QueuePlace Again(string queue, int gpus, bool isWorkers, DateTimeOffset since) =>
        new(
            isWorkers ? gpus : null,
            gpus,
            new Dictionary<string, string>(StringComparer.Ordinal) { [LabelOf(queue)] = "" },
            since
        );

    /// <summary>The rules of a place.</summary>
    public static NodeRules RulesOf(QueuePlace place) =>
        new() { Selector = place.Selector, Tolerations = [new(WorkerNodes.Kind)] };

    private static string LabelOf(string queue) => $"queue/{queue}";

    private void Offer(
        IReadOnlyList<QueueEntry> entries,
        string queue,
        List<Worker> idle,
        List<Worker> listening,
        int? usual
    )
    {
        // Placing takes the one first that came first; in a queue that is the one that is in front.
        var times = entries.Select(entry => entry.Added).Order().ToList();
        for (var at = 0; at < entries.Count; at++)
        {
            var worker =
                at < idle.Count ? idle[at]
                : usual is not null || listening.Count == 0 ? null
                : listening[at % listening.Count];
            var labels = new Dictionary<string, string>(StringComparer.Ordinal) { [LabelOf(queue)] = "" };
            if (worker is not null)
            {
                labels[gpuLabel] = $"{worker.Gpus}";
            }
            else if (usual is not null)
            {
                labels[oursLabel] = "";
            }

            places[entries[at].Run] = new(worker?.Gpus, usual ?? 0, labels, times[at].AddMicroseconds(at));
        }
    }

    private static bool HasGpus(NodeRow node) => node.ReadMachine().Gpus.Any(gpu => gpu.MigProfile is null);

    /// <summary>It is there, and does nothing that was not placed there.</summary>
    private static bool IsFree(Worker worker, ILookup<string, ReplicaRow> held, DateTimeOffset now) =>
        WorkerNodes.IsReady(worker, now)
        && (worker.Run is not { } run || held[WorkerNodes.NameOf(worker.Name)].Any(row => row.WorkloadId == run));

    private static Node NodeOf(Worker worker, bool isReady, IEnumerable<string> queues) =>
        NodeOf(
            WorkerNodes.NameOf(worker.Name),
            worker.Gpus,
            isReady,
            queues.Select(queue => KeyValuePair.Create(LabelOf(queue), "")).Append(new(gpuLabel, $"{worker.Gpus}"))
        );

    /// <summary>Workers that are not there any more, though what they took still runs.</summary>
    private static IEnumerable<Node> Gone(IEnumerable<Worker> workers, ILookup<string, ReplicaRow> held)
    {
        var known = workers.Select(worker => WorkerNodes.NameOf(worker.Name)).ToHashSet(StringComparer.Ordinal);
        return held.Where(on => WorkerNodes.IsWorker(on.Key) && !known.Contains(on.Key))
            .Select(on => NodeOf(on.Key, on.Sum(row => row.ReadDevices().Count), isReady: false, []));
    }

    private static Node NodeOf(string name, int gpus, bool isReady, IEnumerable<KeyValuePair<string, string>> labels) =>
        new(name, 0, 0)
        {
            Gpus = new(gpus),
            MaxReplicas = 1,
            Pool = WorkerNodes.Pool,
            Labels = labels.ToDictionary(StringComparer.Ordinal),
            Taints = [new(WorkerNodes.Kind, "", TaintEffect.Refuse)],
            IsReady = isReady,
        };
}
