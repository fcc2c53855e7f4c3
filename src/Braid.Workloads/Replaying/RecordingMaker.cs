using Braid.Primitives;
using Braid.Scheduling.Replaying;
using Braid.Scheduling.Snapshots;
using Braid.Workloads.Replicas;
using Replica = Braid.Scheduling.Snapshots.Replica;

namespace Braid.Workloads.Replaying;

/// <summary>
/// Makes a recording of the past, which scheduling can live through again: 1 what ran at its start is where it was; 2 what waited then
/// waits; 3 what came later comes when it came; 4 what was taken back before it ran is taken back then.
/// </summary>
/// <param name="cluster">Machines and queues, without workloads.</param>
internal sealed class RecordingMaker(Snapshot cluster, DateTimeOffset since, DateTimeOffset until)
{
    private readonly HashSet<string> nodes = [.. cluster.Nodes.Select(node => node.Name)];

    public Recording Make(IReadOnlyList<PastWork> past)
    {
        var before = past.Where(work => work.Work.CreatedAt <= since).ToList();
        return new(
            cluster with
            {
                Now = since,
                Workloads = [.. before.Select(AtStart)],
            },
            [
                .. past.Where(work => work.Work.CreatedAt > since)
                    .Select(work => new RecordedEvent.Submitted(work.Work.CreatedAt, work.Work, work.Runtime)),
                .. past.Where(work => work is { Ended: not null, Runs: [] })
                    .Select(work => new RecordedEvent.Withdrawn(work.Ended ?? until, work.Work.Id)),
            ]
        )
        {
            Runtimes = before
                .Where(work => work.Runtime is not null)
                .ToDictionary(work => work.Work.Id, work => work.Runtime ?? default),
            Until = until,
        };
    }

    private Workload AtStart(PastWork past)
    {
        var runs = past.Runs.Where(run => run.Covers(since)).ToList();
        if (runs.Count == 0)
        {
            return past.Work;
        }

        var placed = past.Work with
        {
            LastStart = runs[0].From,
            Groups = [.. past.Work.Groups.Select(group => AtStart(group, past))],
        };
        // Who was on machines that are not there any more gets others.
        return placed.Groups.All(group => group.Replicas.Count(one => one.State.IsAllocated()) >= group.Min)
            ? placed
            : past.Work;
    }

    private Group AtStart(Group group, PastWork past)
    {
        List<Replica> left =
        [
            .. group.Replicas.Where(replica =>
                !past.Places.TryGetValue(replica.Id, out var row) || !(row.Ended <= since) || row.Node is null
            ),
        ];
        // Who had done its work by then is needed no more.
        return group with
        {
            Min = Math.Max(group.Min - (group.Replicas.Count - left.Count), 0),
            Replicas = [.. left.Select(replica => AtStart(replica, past.Places.GetValueOrDefault(replica.Id)))],
        };
    }

    private Replica AtStart(Replica replica, ReplicaRow? row) =>
        row is { Node: { } node } && row.Placed <= since && nodes.Contains(node)
            ? replica with
            {
                State = ReplicaState.Running,
                Node = node,
                Gpus = replica.Request.Gpu is GpuRequest.Mig ? [] : row.ReadDevices(),
            }
            : replica;
}
