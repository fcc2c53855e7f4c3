namespace Braid.Client.Tests;

/// <summary>What a point costs its caller.</summary>
public sealed class AllocationTests : IDisposable
{
    private readonly Runs runs = new();

    public void Dispose() => runs.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Logging_a_point_allocates_nothing_on_any_callers_thread(int threads)
    {
        await using var experiment = runs.Start(new FakeBackend());
        experiment.LogMetric("loss", 1, 0);
        var allocated = new long[threads];
        var loggers = Enumerable
            .Range(0, threads)
            .Select(number => new Thread(() =>
            {
                experiment.LogMetric("loss", 1, 0);
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var step = 0; step < 50_000; step++)
                {
                    experiment.LogMetric("loss", step, step);
                }

                allocated[number] = GC.GetAllocatedBytesForCurrentThread() - before;
            }))
            .ToList();
        loggers.ForEach(logger => logger.Start());
        loggers.ForEach(logger => logger.Join());
        // A wait for a lock that others hold may cost something once; a point costs nothing.
        Assert.All(allocated, bytes => Assert.InRange(bytes, 0, 10_000));
        Assert.Equal(0, experiment.Undelivered);
    }
}
