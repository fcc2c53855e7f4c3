using Braid.Primitives;
using Braid.Scheduling.Snapshots;
using Braid.Workloads.Kinds;
using Braid.Workloads.Nodes;
using Braid.Workloads.Replicas;
using Braid.Workloads.Shares;
using Braid.Workloads.Submission;
using Node = Braid.Scheduling.Snapshots.Node;
using Replica = Braid.Scheduling.Snapshots.Replica;
using ReplicaState = Braid.Scheduling.Snapshots.ReplicaState;
using Workload = Braid.Scheduling.Snapshots.Workload;

namespace Braid.Workloads.Placement;

/// <summary>What the rows say, in the words of scheduling.</summary>
internal sealed class SnapshotMaker(Works works)
{
    /// <summary>The label of a node by which shares name the nodes that their work may have (Run:ai).</summary>
    private const string nodeType = "run.ai/type";

    private const int mebibyte = 20;

    public Snapshot Make(ClusterRows rows, Policy policy, DateTimeOffset now)
    {
        var shares = rows.Shares.Select(row => row.ToShare()).ToDictionary(share => share.Name, StringComparer.Ordinal);
        var replicas = rows.Replicas.ToLookup(replica => replica.WorkloadId);
        works.Keep(rows.Workloads.Select(row => row.Id).ToHashSet());
        return new(now)
        {
            Nodes = [.. rows.Nodes.Select(row => NodeOf(row, now))],
            Queues = [.. shares.Values.Select(share => QueueOf(share, shares))],
            Workloads =
            [
                .. rows
                    .Workloads.Where(row => shares.ContainsKey(row.Share))
                    .Select(row => WorkloadOf(row, shares[row.Share], replicas[row.Id])),
            ],
            Policy = policy,
        };
    }

    private static Node NodeOf(NodeRow row, DateTimeOffset now)
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
            Labels = machine.Labels,
            Taints = [.. machine.Taints.Select(TaintOf)],
            IsReady = row.IsAlive(now) && !row.Cordoned,
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

    private Workload WorkloadOf(WorkloadRow row, Share share, IEnumerable<ReplicaRow> replicas)
    {
        var work = works.Of(row);
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
            Gpus = row.Node is null ? row.ReadPromise()?.Gpus ?? [] : row.ReadDevices(),
            Rules = With(part.Rules, types),
            IsLeader = part.IsLeader,
        };

    /// <summary>Names of replicas are unique in a workload only.</summary>
    public static string IdOf(ReplicaRow row) => IdOf(row.WorkloadId, row.Name);

    public static string IdOf(RunId workload, string name) => $"{workload}/{name}";

    private static ReplicaState StateOf(ReplicaRow row) =>
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
