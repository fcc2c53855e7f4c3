using Braid.Scheduling.Replaying;
using Braid.Scheduling.Snapshots;
using static Braid.Scheduling.Tests.Cluster;

namespace Braid.Scheduling.Tests.Replaying;

public sealed class WhatIfTests
{
    [Fact]
    public void A_recording_is_lived_through_again()
    {
        var cluster = new Cluster().Queue("q").Node("n", 1);
        var replay = WhatIf.Replay(new(cluster.Snapshot, [Comes(cluster, "a", 0, 10), Comes(cluster, "b", 1, 10)]));
        Assert.Equal(
            [Minute(cluster, 0), Minute(cluster, 10)],
            replay.Workloads.Select(workload => workload.StartedAt)
        );
        Assert.Equal([Minute(cluster, 10), Minute(cluster, 20)], replay.Workloads.Select(workload => workload.EndedAt));
        Assert.Equal(TimeSpan.FromMinutes(4.5), replay.MeanWait);
    }

    [Fact]
    public void Other_rules_give_another_outcome()
    {
        var cluster = new Cluster().Queue("q").Node("n", 1);
        var recording = new Recording(
            cluster.Snapshot,
            [Comes(cluster, "a", 0, 10), Comes(cluster, "b", 1, 10, priority: 75)]
        );
        Assert.Equal(1, WhatIf.Replay(recording).Displaced);

        var patient = WhatIf.Replay(
            recording,
            start =>
                start with
                {
                    Queues =
                    [
                        .. start.Queues.Select(queue => queue with { PreemptMinRuntime = TimeSpan.FromHours(1) }),
                    ],
                }
        );
        Assert.Equal(0, patient.Displaced);
        Assert.Equal(
            [Minute(cluster, 0), Minute(cluster, 10)],
            patient.Workloads.Select(workload => workload.StartedAt)
        );
    }

    [Fact]
    public void Nodes_come_and_go_and_what_ran_on_them_starts_again()
    {
        var cluster = new Cluster().Queue("q").Node("n", 1);
        var node = cluster.Snapshot.Nodes[0];
        var replay = WhatIf.Replay(
            new(
                cluster.Snapshot,
                [
                    Comes(cluster, "a", 0, 10),
                    new RecordedEvent.NodeLeft(Minute(cluster, 5), "n"),
                    new RecordedEvent.NodeChanged(Minute(cluster, 7), node),
                ]
            )
        );
        Assert.Equal(Minute(cluster, 17), Assert.Single(replay.Workloads).EndedAt);
    }

    [Fact]
    public void The_same_recording_gives_the_same_outcome()
    {
        var cluster = new Cluster().Queue("q").Node("n", 2);
        var events = Enumerable.Range(0, 20).Select(i => Comes(cluster, $"w{i}", i % 7, 3 + (i % 4))).ToList();
        var once = WhatIf.Replay(new(cluster.Snapshot, events));
        events.Reverse();
        Assert.Equal(once.Workloads, WhatIf.Replay(new(cluster.Snapshot, events)).Workloads);
        Assert.All(once.Workloads, workload => Assert.NotNull(workload.EndedAt));
    }

    [Fact]
    public void What_is_there_at_the_start_runs_for_the_rest_of_its_time()
    {
        var cluster = new Cluster().Queue("q").Node("n", 1);
        cluster.Running("r", "q", Gpus(1), ["n"], with: r => r with { LastStart = cluster.Now.AddMinutes(-5) });
        cluster.Pending("w", "q", Gpus(1));
        var replay = WhatIf.Replay(
            new(cluster.Snapshot, [])
            {
                Runtimes = RunFor(TimeSpan.FromMinutes(20), "r", "w"),
                Until = Minute(cluster, 25),
            }
        );
        Assert.Equal(
            [(Minute(cluster, -5), Minute(cluster, 15), 15), (Minute(cluster, 15), null, 10)],
            replay.Workloads.Select(one => (one.StartedAt!.Value, one.EndedAt, (int)one.Ran.TotalMinutes))
        );
    }

    [Fact]
    public void Nothing_is_lived_through_after_its_end_and_none_goes_on_when_it_is_cancelled()
    {
        var cluster = new Cluster().Queue("q").Node("n", 1);
        var recording = new Recording(cluster.Snapshot, [Comes(cluster, "a", 0, 10), Comes(cluster, "b", 30, 10)])
        {
            Until = Minute(cluster, 20),
        };
        Assert.Equal("a", Assert.Single(WhatIf.Replay(recording).Workloads).Name);
        Assert.Throws<OperationCanceledException>(() => WhatIf.Replay(recording, null, new(canceled: true)));
    }

    private static Dictionary<Primitives.RunId, TimeSpan> RunFor(TimeSpan time, params string[] names) =>
        names.ToDictionary(RunIdOf, _ => time);

    private static DateTimeOffset Minute(Cluster cluster, int minute) => cluster.Now.AddMinutes(minute);

    private static RecordedEvent.Submitted Comes(Cluster cluster, string name, int minute, int runs, int priority = 50)
    {
        var workload = new Workload(RunIdOf(name), name, QueueIdOf("q"), [new("main", 1, Replicas(name, 1, Gpus(1)))])
        {
            CreatedAt = Minute(cluster, minute),
            Priority = priority,
        };
        return new(Minute(cluster, minute), workload, TimeSpan.FromMinutes(runs));
    }
}
