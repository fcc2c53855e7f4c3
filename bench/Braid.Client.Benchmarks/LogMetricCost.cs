using System.Diagnostics;
using Braid.Client.Backends;
using Braid.Client.Records;

namespace Braid.Client.Benchmarks;

/// <summary>Logs points from several threads and measures what the callers pay.</summary>
internal static class LogMetricCost
{
    private const int burst = 10_000;

    /// <param name="threads">How many log at the same time.</param>
    /// <param name="points">How many each logs, in bursts: between them the writer may catch up, as it does between steps.</param>
    public static async Task<string> MeasureAsync(int threads, int points)
    {
        var backend = new CountingBackend();
        var spool = Directory.CreateTempSubdirectory("braid-bench-").FullName;
        var experiment = Experiment.StartLogging("bench", null, new() { Backends = [backend], SpoolRoots = [spool] });
        var costs = await Task.WhenAll(
            Enumerable
                .Range(0, threads)
                .Select(_ => Task.Factory.StartNew(() => Log(experiment, points), TaskCreationOptions.LongRunning))
        );
        await experiment.DisposeAsync();
        Directory.Delete(spool, recursive: true);
        var (ns, bytes) = (costs.Average(cost => cost.Nanoseconds), costs.Average(cost => cost.Bytes));
        return $"{threads, 7}  {ns, 11:F1}  {bytes, 14:F3}  {backend.Records} of {(long)threads * points}";
    }

    private static (double Nanoseconds, double Bytes) Log(Experiment experiment, int points)
    {
        var (allocated, busy) = (GC.GetAllocatedBytesForCurrentThread(), TimeSpan.Zero);
        for (var step = 0; step < points; step += burst)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < burst; i++)
            {
                experiment.LogMetric("loss/training", i, step + i);
            }

            busy += Stopwatch.GetElapsedTime(started);
            Thread.Yield();
        }

        return (busy.TotalNanoseconds / points, (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / points);
    }

    private sealed class CountingBackend : IBackend, IRunSink
    {
        public string Name => "counting";

        public string Address => "memory";

        public bool CanShareRuns => true;

        public string RunId => "run";

        public long Records { get; private set; }

        public Task<IRunSink> OpenAsync(RunStart start, SinkContext context, CancellationToken ct) =>
            Task.FromResult<IRunSink>(this);

        public Task LogAsync(IReadOnlyList<LogRecord> records, CancellationToken ct)
        {
            Records += records.Count;
            return Task.CompletedTask;
        }

        public Task EndAsync(RunEnd end, CancellationToken ct) => Task.CompletedTask;

        public ValueTask DisposeAsync() => default;
    }
}
