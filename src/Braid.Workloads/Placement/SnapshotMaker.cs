using Braid.Primitives;
using Braid.Scheduling.Snapshots;
using Braid.Tracking.Queues;
using Braid.Workloads.Kinds;
using Braid.Workloads.Nodes;
using Braid.Workloads.Queued;
using Braid.Workloads.Replicas;
using Braid.Workloads.Shares;
using Braid.Workloads.Submission;
using Node = Braid.Scheduling.Snapshots.Node;
using Queue = Braid.Scheduling.Snapshots.Queue;
using Replica = Braid.Scheduling.Snapshots.Replica;
using ReplicaState = Braid.Scheduling.Snapshots.ReplicaState;
using Workload = Braid.Scheduling.Snapshots.Workload;

namespace Braid.Workloads.Placement;

/// <summary>
/// What the rows say, in the words of scheduling. A workload of which it cannot be said is refused, alone; what it holds is not known,
/// so nothing new is placed beside it.
/// </summary>
internal sealed class SnapshotMaker(Works works)
{
    /// <summary>The label of a node by which shares name the nodes that their work may have (Run:ai).</summary>
    private const string nodeType = "run.ai/type";

    /// <summary>The label by which Kubernetes' selectors name one node.</summary>
    private const string hostName = "kubernetes.io/hostname";

    private const int mebibyte = 20;

    /// <param name="known">Refused already.</param>
    public MadeSnapshot Make(ClusterRows rows, Policy policy, DateTimeOffset now, IEnumerable<Refusal> known)
    {
        var shares = rows.Shares.Select(row => row.ToShare()).ToDictionary(share => share.Name, StringComparer.Ordinal);
        var replicas = rows.Replicas.ToLookup(replica => replica.WorkloadId);
        var places = new QueuePlaces(rows, now);
        works.Keep(rows.Workloads.Select(row => row.Id).ToHashSet());
        var refused = known.ToDictionary(refusal => refusal.Workload);
        var workloads = rows
            .Workloads.Where(row => shares.ContainsKey(row.Share) && !refused.ContainsKey(row.Id))
            .Select(row => TryWorkloadOf(row, shares[row.Share], replicas[row.Id], places, refused))
            .OfType<Workload>()
            .ToList();
        var behind = BehindOf(rows.Queues, workloads);
        var unknown = rows
            .Replicas.Where(row => refused.ContainsKey(row.WorkloadId) && Releasing.IsHeld(row))
            .Select(row => row.Node)
            .ToHashSet();
        return new(
            new(now)
            {
                Nodes =
                [
                    .. rows
                        .Nodes.Select(row => NodeOf(row, places, now))
                        .Concat(places.Workers)
                        .Select(node =>
                            unknown.Contains(node.Name) ? node with { IsReady = false, IsCordoned = false } : node
                        ),
                ],
                Queues =
                [
                    .. shares.Values.Select(share =>
                        QueueOf(share, shares) with
                        {
                            Behind = behind.GetValueOrDefault(share.Id),
                        }
                    ),
                ],
                Workloads = workloads,
                Policy = policy,
            },
            [.. refused.Values]
        );
    }

    private Workload? TryWorkloadOf(
        WorkloadRow row,
        Share share,
        IEnumerable<ReplicaRow> replicas,
        QueuePlaces places,
        Dictionary<RunId, Refusal> refused
    )
    {
        try
        {
            return WorkloadOf(row, share, replicas, places.Of(row.Id));
        }
        catch (Exception error)
        {
            refused[row.Id] = Refusal.Of(row.Id, error);
            return null;
        }
    }

    /// <summary>What those ask for, by queue, that were not read: each what the last one asks for that was.</summary>
    private static Dictionary<QueueId, Resources> BehindOf(IReadOnlyList<PlacedQueue> queues, List<Workload> workloads)
    {
        var behind = new Dictionary<QueueId, Resources>();
        var rests = queues.SelectMany(queue => queue.Rests).ToDictionary(rest => rest.Like, rest => rest.Count);
        foreach (var like in rests.Count == 0 ? [] : workloads.FindAll(workload => rests.ContainsKey(workload.Id)))
        {
            foreach (var replica in like.Groups.SelectMany(group => group.Replicas))
            {
                var request = replica.Request;
                var gpus = request.Gpu is GpuRequest.Whole whole ? whole.Devices : 0;
                var each = new Resources(request.CpuMillis, request.MemoryBytes, gpus);
                behind[like.Queue] = behind.GetValueOrDefault(like.Queue) + Times(each, rests[like.Id]);
            }
        }

        return behind;
    }

    private static Resources Times(Resources each, long count) =>
        new(each.CpuMillis * count, each.MemoryBytes * count, each.Gpus * count);

    private static Node NodeOf(NodeRow row, QueuePlaces places, DateTimeOffset now)
    {
        var machine = row.ReadMachine();
        var whole = machine.Gpus.Where(gpu => gpu.MigProfile is null).ToList();
        return new(row.Name, machine.CpuMillicores, machine.MemoryBytes)
        {
            Gpus = new(whole.Count, whole.Count == 0 ? 0 : whole.Min(gpu => gpu.MemoryBytes) >> mebibyte),
            MigInstances = machine
                .Gpus.Where(gpu => gpu.MigProfile is not null)
                .CountBy(gpu => gpu.MigProfile ?? "", StringComparer.Ordinal)
                .ToDictionary(pair => pair.Key, pair => (long)pair.Value, StringComparer.Ordinal),
            Pool = machine.Pool ?? Node.DefaultPool,
            Labels = new Dictionary<string, string>(
                places.LabelsOf(row.Name, NodeKinds.LabelsOf(machine)),
                StringComparer.Ordinal
            )
            {
                [hostName] = row.Name,
            },
            Taints = [.. machine.Taints.Select(TaintOf), .. NodeKinds.TaintsOf(machine)],
            IsReady = row.IsAlive(now) && !row.Cordoned,
            IsCordoned = row.IsAlive(now) && row.Cordoned,
        };
    }

    private static Taint TaintOf(MachineTaint taint) =>
        new(taint.Key, taint.Value, taint.Effect == "PreferNoSchedule" ? TaintEffect.Avoid : TaintEffect.Refuse);

    private static Queue QueueOf(Share share, Dictionary<string, Share> shares) =>
        new(share.Id, share.Name)
        {
            Parent = share.Parent is { } parent && shares.TryGetValue(parent, out var above) ? above.Id : null,
            Priority = share.Terms.Priority,
            CreatedAt = share.Created,
            Cpu = AllowanceOf(share.Terms.Cpu),
            Memory = AllowanceOf(share.Terms.Memory),
            Gpu = AllowanceOf(share.Terms.Gpu),
            PreemptMinRuntime = share.Terms.PreemptMinRuntime,
            ReclaimMinRuntime = share.Terms.ReclaimMinRuntime,
        };

    private static Allowance AllowanceOf(ResourceTerms terms) => new(terms.Quota, terms.Limit, terms.Weight);

    /// <summary>A workload as it is when nothing of it has been begun; null when its spec cannot be read.</summary>
    /// <param name="place">Of a queued run: where it may go.</param>
    public Workload? MakeNew(WorkloadRow row, Share share, QueuePlace? place)
    {
        var steps = works.Find(row)?.Keep(row, [], default, row.Created).Steps.OfType<WorkStep.Create>();
        return steps is null
            ? null
            : WorkloadOf(
                row,
                share,
                steps.Select(step => new ReplicaRow
                {
                    WorkloadId = row.Id,
                    Name = step.Name,
                    GroupName = step.Group,
                    Place = step.Place,
                    State = ReplicaRow.ToText(Submission.ReplicaState.Pending),
                }),
                place
            );
    }

    private Workload WorkloadOf(WorkloadRow row, Share share, IEnumerable<ReplicaRow> replicas, QueuePlace? place)
    {
        var work = works.Of(row);
        if (work is QueuedWork queued)
        {
            return new QueuedRequests(queued, row, share, place).Make(replicas);
        }

        var byGroup = replicas.ToLookup(replica => work.PartOf(replica.GroupName).Group, StringComparer.Ordinal);
        var types =
            row.Kind == $"{WorkloadKind.Interactive}" ? share.Terms.InteractiveNodeTypes : share.Terms.TrainNodeTypes;
        return new(
            row.Id,
            row.Name,
            share.Id,
            [.. work.Groups.Select(group => GroupOf(work, group, types, byGroup[group.Name]))]
        )
        {
            Priority = work.Priority,
            Preemptible = work.IsPreemptible,
            CreatedAt = row.Created,
            IsSuspended = row.Suspended,
            Pools = work.Pools.Count > 0 ? work.Pools : share.Terms.NodePools,
            LastStart = row.LastStart,
            StaleSince = row.StaleSince,
            ExpectedEnd = row.Started + work.TimeLimit,
        };
    }

    private static Group GroupOf(
        IWork work,
        WorkGroup group,
        IReadOnlyList<string> types,
        IEnumerable<ReplicaRow> replicas
    )
    {
        var rows = replicas.ToList();
        // Who has done its work is needed no more.
        var done = rows.Count(row => row.ReadState() == Submission.ReplicaState.Succeeded);
        return new(
            group.Name,
            Math.Max(group.Min - done, 0),
            [.. rows.Select(row => ReplicaOf(row, work.PartOf(row.GroupName), types))]
        );
    }

    private static NodeRules With(NodeRules rules, IReadOnlyList<string> types) =>
        types.Count == 0
            ? rules
            : rules with
            {
                Required = [.. rules.Required, new AffinityTerm([new(nodeType, LabelOperator.In, types)])],
            };

    private static Replica ReplicaOf(ReplicaRow row, WorkPart part, IReadOnlyList<string> types) =>
        new(IdOf(row), (int)row.Place, part.Request, StateOf(row))
        {
            Node = row.Node ?? row.ReadPromise()?.Node,
            Gpus =
                row.Node is null ? row.ReadPromise()?.Gpus ?? []
                : part.Request.Gpu is GpuRequest.Mig ? []
                : row.ReadDevices(),
            Rules = With(part.Rules, types),
            IsLeader = part.IsLeader,
        };

    /// <summary>Names of replicas are unique in a workload only.</summary>
    public static string IdOf(ReplicaRow row) => IdOf(row.WorkloadId, row.Name);

    public static string IdOf(RunId workload, string name) => $"{workload}/{name}";

    public static ReplicaState StateOf(ReplicaRow row) =>
        row.ReadState() switch
        {
            Submission.ReplicaState.Pending => row.Promise is null ? ReplicaState.Pending : ReplicaState.Promised,
            Submission.ReplicaState.Bound => ReplicaState.Bound,
            Submission.ReplicaState.Running => ReplicaState.Running,
            Submission.ReplicaState.Releasing => ReplicaState.Releasing,
            Submission.ReplicaState.Succeeded => ReplicaState.Succeeded,
            _ => ReplicaState.Failed,
        };
}
