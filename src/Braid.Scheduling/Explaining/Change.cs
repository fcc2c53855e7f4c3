using Braid.Primitives;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Explaining;

/// <summary>Something that somebody could change so that a workload starts.</summary>
public abstract record Change
{
    private Change() { }

    /// <summary>What to do, in words.</summary>
    public abstract string Message { get; }

    /// <summary>The snapshot as it would be.</summary>
    internal abstract Snapshot Apply(Snapshot snapshot, RunId workload);

    /// <summary>The owner lets it run.</summary>
    public sealed record Resume : Change
    {
        public override string Message => "Resume the workload";

        internal override Snapshot Apply(Snapshot snapshot, RunId workload) =>
            Edit.Workload(snapshot, workload, found => found with { IsSuspended = false });
    }

    /// <summary>Others may take its place when they are entitled to it.</summary>
    public sealed record MakePreemptible : Change
    {
        public override string Message => "Make the workload preemptible";

        internal override Snapshot Apply(Snapshot snapshot, RunId workload) =>
            Edit.Workload(snapshot, workload, found => found with { Preemptible = true });
    }

    /// <summary>A group starts with fewer replicas.</summary>
    public sealed record LowerMinimum(string Group, int To) : Change
    {
        public override string Message => $"Let group {Group} start with {To} replicas";

        internal override Snapshot Apply(Snapshot snapshot, RunId workload) =>
            Edit.Groups(snapshot, workload, group => group.Name == Group ? group with { Min = To } : group);
    }

    /// <summary>Its replicas need not lie together.</summary>
    public sealed record DropTopology : Change
    {
        public override string Message => "Drop the required topology";

        internal override Snapshot Apply(Snapshot snapshot, RunId workload) =>
            Edit.Groups(
                Edit.Workload(snapshot, workload, found => found with { Topology = null }),
                workload,
                group => group with { Topology = null }
            );
    }

    /// <summary>It may run in a pool that it does not name.</summary>
    public sealed record AddPool(string Pool) : Change
    {
        public override string Message => $"Let the workload run in pool {Pool}";

        internal override Snapshot Apply(Snapshot snapshot, RunId workload) =>
            Edit.Workload(
                snapshot,
                workload,
                found => found with { Pools = [.. Fitting.NodeSets.PoolNames(found), Pool] }
            );
    }

    /// <summary>Its replicas tolerate a taint.</summary>
    public sealed record Tolerate(string Key) : Change
    {
        public override string Message => $"Tolerate the taint {Key}";

        internal override Snapshot Apply(Snapshot snapshot, RunId workload) =>
            Edit.Rules(snapshot, workload, rules => rules with { Tolerations = [.. rules.Tolerations, new(Key)] });
    }

    /// <summary>Its replicas do not ask for labels.</summary>
    public sealed record DropNodeRules : Change
    {
        public override string Message => "Drop the selector and the required affinity";

        internal override Snapshot Apply(Snapshot snapshot, RunId workload) =>
            Edit.Rules(snapshot, workload, rules => rules with { Selector = NoLabels.Value, Required = [] });
    }

    /// <summary>A queue may have more.</summary>
    public sealed record RaiseLimit(string Queue, ResourceKind Resource, double To) : Change
    {
        public override string Message => $"Raise the limit of {Queue} to {Outcomes.Wording.Amount(Resource, To)}";

        internal override Snapshot Apply(Snapshot snapshot, RunId workload) =>
            Edit.Queue(snapshot, Queue, Resource, allowance => allowance with { Limit = To });
    }

    /// <summary>A queue is entitled to more.</summary>
    public sealed record RaiseQuota(string Queue, ResourceKind Resource, double To) : Change
    {
        public override string Message => $"Raise the quota of {Queue} to {Outcomes.Wording.Amount(Resource, To)}";

        internal override Snapshot Apply(Snapshot snapshot, RunId workload) =>
            Edit.Queue(snapshot, Queue, Resource, allowance => allowance with { Quota = To });
    }

    /// <summary>A workload that holds what is scarce ends.</summary>
    public sealed record EndWorkload(RunId Other, string Name) : Change
    {
        public override string Message => $"End {Name}";

        internal override Snapshot Apply(Snapshot snapshot, RunId workload) =>
            snapshot with
            {
                Workloads = [.. snapshot.Workloads.Where(found => found.Id != Other)],
            };
    }

    /// <summary>The nodes that are not ready are, but for those that are cordoned.</summary>
    public sealed record RepairNodes(int Nodes) : Change
    {
        public override string Message => $"Make {Nodes} nodes ready";

        internal override Snapshot Apply(Snapshot snapshot, RunId workload) =>
            Edit.Nodes(snapshot, node => node with { IsReady = node.IsReady || !node.IsCordoned });
    }

    /// <summary>The nodes that are cordoned are ready.</summary>
    public sealed record Uncordon(int Nodes) : Change
    {
        public override string Message => $"Uncordon {Nodes} nodes";

        internal override Snapshot Apply(Snapshot snapshot, RunId workload) =>
            Edit.Nodes(snapshot, node => node with { IsReady = node.IsReady || node.IsCordoned });
    }

    /// <summary>There are more nodes like one that there is.</summary>
    public sealed record AddNodes(string Like, int Count) : Change
    {
        public override string Message => $"Add {Count} nodes like {Like}";

        internal override Snapshot Apply(Snapshot snapshot, RunId workload)
        {
            var node = snapshot.Nodes.First(node => node.Name == Like);
            // Others like it may have been added already, by another change that is tried with this one.
            var before = snapshot.Nodes.Count(other => other.Name.StartsWith($"{Like}+", StringComparison.Ordinal));
            var added = Enumerable
                .Range(before + 1, Count)
                .Select(i => node with { Name = $"{Like}+{i}", IsReady = true });
            return snapshot with { Nodes = [.. snapshot.Nodes, .. added] };
        }
    }

    /// <summary>It goes before the others of its queue; whether it may be evicted stays as it is.</summary>
    public sealed record RaisePriority(int To) : Change
    {
        public override string Message => $"Raise the workload's priority to {To}";

        internal override Snapshot Apply(Snapshot snapshot, RunId workload) =>
            Edit.Workload(snapshot, workload, found => found with { Priority = To, Preemptible = found.IsPreemptible });
    }

    /// <summary>More workloads of each queue are looked at.</summary>
    public sealed record LookDeeper : Change
    {
        public override string Message => "Look at more workloads of each queue in every cycle";

        internal override Snapshot Apply(Snapshot snapshot, RunId workload) =>
            snapshot with
            {
                Policy = snapshot.Policy with { Depths = QueueDepths.Unlimited },
            };
    }
}
