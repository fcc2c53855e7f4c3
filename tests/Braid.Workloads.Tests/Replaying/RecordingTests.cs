using Braid.Primitives;
using Braid.Scheduling.Replaying;
using Braid.Scheduling.Snapshots;
using Braid.Workloads.Replaying;
using Braid.Workloads.Replicas;
using Replica = Braid.Scheduling.Snapshots.Replica;

namespace Braid.Workloads.Tests.Replaying;

/// <summary>Histories that the engine made itself come out the same when they are replayed under the same rules.</summary>
public sealed class RecordingTests
{
    private const int histories = 10;
    private static readonly DateTimeOffset start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset end = start.AddHours(3);

    [Fact]
    public void A_history_is_replayed_as_it_was()
    {
        for (var seed = 1; seed <= histories; seed++)
        {
            var random = new Random(seed);
            var cluster = Cluster(random, queues: 3, nodes: 2);
            var (was, past) = Live(random, cluster, priorities: 3);
            var again = WhatIf.Replay(new RecordingMaker(cluster, start.AddMinutes(-1), end).Make(past));
            AssertSame(seed, was.Workloads, again.Workloads);
        }
    }

    /// <summary>Of one node and queue, in which nobody gives way: where everything was at the cut is then known.</summary>
    [Fact]
    public void A_history_is_replayed_from_its_middle()
    {
        for (var seed = 1; seed <= histories; seed++)
        {
            var random = new Random(seed);
            var cluster = Cluster(random, queues: 1, nodes: 1);
            var (was, past) = Live(random, cluster, priorities: 1);
            var middle = start.AddMinutes(random.Next(30, 120)).AddSeconds(1);
            var left = past.Where(work => !(work.Ended <= middle)).ToList();
            var again = WhatIf.Replay(new RecordingMaker(cluster, middle, end).Make(left));
            var known = left.Select(work => work.Work.Id).ToHashSet();
            AssertSame(seed, was.Workloads.Where(one => known.Contains(one.Workload)), again.Workloads);
        }
    }

    [Fact]
    public void Who_is_taken_back_while_it_waits_takes_no_place_later()
    {
        var cluster = Cluster(new(1), queues: 1, nodes: 1);
        var endless = Work(cluster, 1, 0, 8, 50);
        var gone = Work(cluster, 2, 1, 8, 50);
        var last = Work(cluster, 3, 2, 8, 50);
        List<PastWork> past =
        [
            Past(endless, start.AddMinutes(60), [new(start, start.AddMinutes(60))]),
            Past(gone, start.AddMinutes(30), []),
            Past(last, null, [new(start.AddMinutes(60), null)]),
        ];
        var replay = WhatIf.Replay(new RecordingMaker(cluster, start.AddMinutes(-1), end).Make(past));
        Assert.Equal([start, null, start.AddMinutes(60)], replay.Workloads.Select(one => one.StartedAt));
    }

    private static void AssertSame(
        int seed,
        IEnumerable<ReplayedWorkload> expected,
        IEnumerable<ReplayedWorkload> actual
    ) => Assert.Equal((seed, string.Join('\n', expected.Select(Fate))), (seed, string.Join('\n', actual.Select(Fate))));

    private static (RunId, DateTimeOffset?, DateTimeOffset?, int) Fate(ReplayedWorkload one) =>
        (one.Workload, one.StartedAt, one.EndedAt, one.Displaced);

    private static Snapshot Cluster(Random random, int queues, int nodes) =>
        new(start)
        {
            Nodes = [.. Enumerable.Range(0, nodes).Select(i => new Node($"n{i}", 64_000, 1L << 40) { Gpus = new(8) })],
            Queues =
            [
                .. Enumerable
                    .Range(1, queues)
                    .Select(i => new Queue(new(new Hex32((UInt128)i)), $"q{i}")
                    {
                        Cpu = Allowance.Everything,
                        Memory = Allowance.Everything,
                        Gpu = Allowance.Of(queues == 1 ? Allowance.Unlimited : random.Next(0, 9)),
                        CreatedAt = start.AddDays(-i),
                    }),
            ],
        };

    /// <summary>Lets the engine decide on random work, and writes down what became of it as rows would.</summary>
    private static (Replay Was, List<PastWork> Past) Live(Random random, Snapshot cluster, int priorities)
    {
        var works = Enumerable
            .Range(1, 30)
            .Select(i =>
                (
                    Work: Work(cluster, i, random.Next(0, 170), random.Next(1, 9), 50 + random.Next(priorities)),
                    Runs: TimeSpan.FromMinutes(random.Next(1, 40))
                )
            )
            .ToList();
        var was = WhatIf.Replay(
            new(cluster, [.. works.Select(one => new RecordedEvent.Submitted(one.Work.CreatedAt, one.Work, one.Runs))])
            {
                Until = end,
            }
        );
        var fates = was.Workloads.ToDictionary(one => one.Workload);
        return (was, [.. works.Select(one => Past(one.Work, fates[one.Work.Id], one.Runs))]);
    }

    private static PastWork Past(Workload work, ReplayedWorkload fate, TimeSpan runs) =>
        Past(
            work,
            fate.EndedAt,
            fate is { StartedAt: { } first, EndedAt: { } ended }
                ? fate.Displaced > 0
                    ? [new(first, first), new(ended - runs, ended)]
                    : [new(first, ended)]
                : fate.StartedAt is { } open
                    ? [new(open, null)]
                    : []
        );

    private static PastWork Past(Workload work, DateTimeOffset? ended, IReadOnlyList<RunSpan> runs) =>
        new(work, "team", ended, runs, [], new(1, 0, 0))
        {
            Places = work
                .Groups.SelectMany(group => group.Replicas)
                .ToDictionary(
                    replica => replica.Id,
                    _ => new ReplicaRow
                    {
                        Node = runs.Count > 0 ? "n0" : null,
                        Placed = runs.Count > 0 ? runs[^1].From : null,
                        Ended = ended,
                    }
                ),
        };

    private static Workload Work(Snapshot cluster, int number, int minute, int gpus, int priority)
    {
        var id = new RunId(new Hex32((UInt128)number));
        var replica = new Replica($"{id}/w", 0, new(1, 1) { Gpu = new GpuRequest.Whole(gpus) });
        return new(id, $"w{number}", cluster.Queues[number % cluster.Queues.Count].Id, [new("main", 1, [replica])])
        {
            CreatedAt = start.AddMinutes(minute),
            Priority = priority,
        };
    }
}
