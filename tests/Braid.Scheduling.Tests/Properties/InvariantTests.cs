using System.Globalization;
using Braid.Primitives;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Replaying;
using Braid.Scheduling.Snapshots;
using Braid.Testing;
using Xunit.Abstractions;

namespace Braid.Scheduling.Tests.Properties;

/// <summary>What holds of every cycle, tried on the histories of thousands of random clusters.</summary>
public sealed class InvariantTests
{
    private const int Cycles = 8;
    private const int RoundsToRest = 60;

    /// <summary>How many clusters each property is tried on; BRAID_CLUSTERS for more.</summary>
    private static readonly int clusters = int.Parse(
        Environment.GetEnvironmentVariable("BRAID_CLUSTERS") ?? "400",
        CultureInfo.InvariantCulture
    );

    private readonly int seed = Seed.Pick();
    private readonly ITestOutputHelper output;

    public InvariantTests(ITestOutputHelper output)
    {
        this.output = output;
        output.WriteLine($"BRAID_SEED={seed}");
    }

    [Fact]
    public void Nothing_is_over_capacity_limit_or_quota_and_no_gang_is_halved() =>
        ForEachCycle(
            (before, decisions) =>
            {
                var after = Advance.Take(before, decisions);
                var ledger = new Ledger(after);
                ledger.CheckNodes();
                ledger.CheckQueues();
                ledger.CheckGangs(decisions.Steps.Select(step => step.Workload).ToHashSet());
            }
        );

    [Fact]
    public void Only_who_may_be_displaced_is() =>
        ForEachCycle(
            (before, decisions) =>
            {
                var workloads = before.Workloads.ToDictionary(workload => workload.Id);
                foreach (var evict in decisions.Steps.OfType<Decision.Evict>())
                {
                    var victim = workloads[evict.Workload];
                    Assert.NotEqual(EvictionReason.Consolidated, evict.Reason);
                    Assert.True(victim.IsPreemptible || evict.Reason == EvictionReason.StaleGang);
                    if (evict.Reason == EvictionReason.Preempted)
                    {
                        Assert.Equal(victim.Queue, workloads[evict.By!.Value].Queue);
                        Assert.True(victim.Priority < workloads[evict.By!.Value].Priority);
                    }

                    if (evict.Reason == EvictionReason.Reclaimed)
                    {
                        Assert.NotEqual(victim.Queue, workloads[evict.By!.Value].Queue);
                    }
                }
            }
        );

    [Fact]
    public void Nobody_is_reclaimed_below_quota_and_fair_share() =>
        ForEachCycle(
            (before, decisions) =>
            {
                foreach (var evict in decisions.Steps.OfType<Decision.Evict>().Where(IsReclaim))
                {
                    Assert.True(
                        IsOverSomewhere(before, decisions, evict),
                        $"{evict} took from a queue within its rights"
                    );
                }
            }
        );

    [Fact]
    public void Nobody_is_left_below_its_right_for_a_queue_above_its_own_quota() =>
        ForEachCycle(
            (before, decisions) =>
            {
                if (OnlyReclaimerOf(decisions) is not { } reclaimer)
                {
                    return;
                }

                var after = new Ledger(Advance.Take(before, decisions));
                var asked = decisions.Steps.Where(step => step.Workload == reclaimer).Select(step => step.Replica);
                foreach (var victim in decisions.Steps.OfType<Decision.Evict>().Select(evict => evict.Workload))
                {
                    var (mine, theirs) = Siblings.Above(before, reclaimer, victim);
                    var share = decisions.Shares.First(share => share.Queue == theirs.Id).FairShare;
                    foreach (var kind in after.KindsOf(asked).Where(after.KindsOf(LostBy(victim, decisions)).Contains))
                    {
                        var right = Math.Min(Finite(theirs.AllowanceOf(kind).Quota), share[kind]);
                        Assert.True(
                            after.Of(theirs, kind) >= right - Ledger.Slack
                                || after.Of(mine, kind) <= Finite(mine.AllowanceOf(kind).Quota) + Ledger.Slack,
                            $"{theirs.Name} has {after.Of(theirs, kind)} of {right} {kind}, {mine.Name} {after.Of(mine, kind)}"
                        );
                    }
                }
            }
        );

    [Fact]
    public void The_order_of_a_snapshots_lists_decides_nothing()
    {
        var random = new Random(seed);
        ForEachCycle(
            (before, decisions) =>
            {
                var shuffled = Scheduler.Decide(Shuffle(before, random));
                Assert.Equal(decisions.Steps.Select(step => $"{step}"), shuffled.Steps.Select(step => $"{step}"));
                Assert.Equal(decisions.Steps, shuffled.Steps);
            }
        );
    }

    [Fact]
    public void A_cluster_that_nobody_changes_comes_to_rest() =>
        ForEachCycle(
            (before, decisions) =>
            {
                var snapshot = before;
                for (var round = 0; round < RoundsToRest && decisions.Steps.Count > 0; round++)
                {
                    snapshot = Advance.Release(Advance.Take(snapshot, decisions));
                    decisions = Scheduler.Decide(snapshot);
                }

                Assert.True(decisions.Steps.Count == 0, Cluster.Describe(snapshot));
            }
        );

    private static double Finite(double amount) => amount < 0 ? double.PositiveInfinity : amount;

    private static IEnumerable<string> LostBy(RunId victim, Decisions decisions) =>
        decisions.Steps.Where(step => step is Decision.Evict && step.Workload == victim).Select(step => step.Replica);

    /// <summary>The workload for which alone a cycle did something, by reclaiming; null when it did anything else.</summary>
    private static RunId? OnlyReclaimerOf(Decisions decisions)
    {
        var by = decisions.Steps.OfType<Decision.Evict>().FirstOrDefault(IsReclaim)?.By;
        return decisions.Steps.All(step => step is Decision.Evict evict ? evict.By == by : step.Workload == by)
            ? by
            : null;
    }

    private static bool IsReclaim(Decision.Evict evict) => evict.Reason == EvictionReason.Reclaimed;

    /// <summary>Whether some queue on the victim's way up had more of something than its quota.</summary>
    private static bool IsOverSomewhere(Snapshot before, Decisions decisions, Decision.Evict evict)
    {
        var queues = before.Queues.ToDictionary(queue => queue.Id);
        var shares = decisions.Shares.ToDictionary(share => share.Queue);
        var queue = queues[before.Workloads.First(workload => workload.Id == evict.Workload).Queue];
        while (true)
        {
            var given = decisions.Steps.Count(step => step is Decision.Bind or Decision.Promise);
            foreach (var kind in Enum.GetValues<ResourceKind>())
            {
                var quota = queue.AllowanceOf(kind).Quota;
                if (quota >= 0 && (shares[queue.Id].Allocated[kind] > quota || given > 1))
                {
                    return true;
                }
            }

            if (queue.Parent is not { } parent)
            {
                return false;
            }

            queue = queues[parent];
        }
    }

    private static Snapshot Shuffle(Snapshot snapshot, Random random) =>
        snapshot with
        {
            Nodes = Shuffled(snapshot.Nodes, random),
            Queues = Shuffled(snapshot.Queues, random),
            Workloads =
            [
                .. Shuffled(snapshot.Workloads, random)
                    .Select(workload =>
                        workload with
                        {
                            Groups =
                            [
                                .. Shuffled(workload.Groups, random)
                                    .Select(group => group with { Replicas = Shuffled(group.Replicas, random) }),
                            ],
                        }
                    ),
            ],
        };

    private static T[] Shuffled<T>(IReadOnlyList<T> items, Random random)
    {
        var shuffled = items.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    private void ForEachCycle(Action<Snapshot, Decisions> holds)
    {
        for (var number = 0; number < clusters; number++)
        {
            var random = new RandomCluster(new(seed + number));
            var snapshot = random.Empty();
            for (var cycle = 0; cycle < Cycles; cycle++)
            {
                snapshot = random.Change(snapshot);
                var decisions = Scheduler.Decide(snapshot);
                try
                {
                    holds(snapshot, decisions);
                }
                catch (Exception)
                {
                    output.WriteLine(string.Join('\n', decisions.Steps.Select(Cluster.Text)));
                    output.WriteLine($"cluster {number} (seed {seed + number}), cycle {cycle}");
                    throw;
                }

                snapshot = Advance.Take(Advance.Release(snapshot), decisions);
            }
        }
    }
}
