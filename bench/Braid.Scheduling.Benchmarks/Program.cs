using System.Diagnostics;
using System.Globalization;
using Braid.Scheduling;
using Braid.Scheduling.Benchmarks;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Snapshots;

// What a cycle costs: each shape a few times, the first apart because it pays for compiling.
// Usage: braid-scheduling-bench [SHAPE...]; exits with 1 when a shape takes longer than it may.
const int Rounds = 12;
(string Name, TimeSpan AtMost, Func<Snapshot> Make)[] shapes =
[
    ("empty: 10,000 pending, 1,000 queues, 1,000 empty nodes", TimeSpan.FromMilliseconds(300), Shapes.Empty),
    ("full: 10,000 pending, 1,000 queues, 1,000 nodes, 8,000 running", TimeSpan.FromMilliseconds(300), Shapes.Full),
    ("varied: 10,000 pending of 10,000 kinds, 1,000 nodes", TimeSpan.FromMilliseconds(300), Shapes.Varied),
    ("reclaim: 1,000 nodes, 10,000 running, a gang of 1,000", TimeSpan.FromSeconds(2), Shapes.Reclaim),
];
var late = 0;
foreach (var (name, atMost, make) in shapes)
{
    if (args.Length > 0 && !args.Any(arg => name.StartsWith(arg, StringComparison.Ordinal)))
    {
        continue;
    }

    var times = Enumerable.Range(0, Rounds).Select(_ => Measure(make())).ToList();
    var busy = times.Min(time => time.Busy);
    var best = times.Min(time => time.Took);
    var (took, _, bytes, decisions) = times[0];
    var binds = decisions.Steps.Count(step => step is Decision.Bind);
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: best {best.TotalMilliseconds:0} ms ({busy.TotalMilliseconds:0} ms of processors), first {took.TotalMilliseconds:0} ms, {bytes / 1e6:0} MB allocated, "
                + $"{decisions.Steps.Count} steps, {binds} bound ({binds / best.TotalSeconds:0}/s), {decisions.Waits.Count} wait"
        )
    );
    late += best > atMost ? 1 : 0;
}

return late > 0 ? 1 : 0;

static (TimeSpan Took, TimeSpan Busy, long Bytes, Decisions Decisions) Measure(Snapshot snapshot)
{
    var before = GC.GetAllocatedBytesForCurrentThread();
    var busy = Environment.CpuUsage.TotalTime;
    var watch = Stopwatch.StartNew();
    var decisions = Scheduler.Decide(snapshot);
    return (
        watch.Elapsed,
        Environment.CpuUsage.TotalTime - busy,
        GC.GetAllocatedBytesForCurrentThread() - before,
        decisions
    );
}
