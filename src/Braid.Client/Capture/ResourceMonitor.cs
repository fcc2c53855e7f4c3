namespace Braid.Client.Capture;

/// <summary>Logs what the process uses, as ClearML names it: <c>:monitor:machine/cpu_usage</c> in percent of one processor, memory in GiB.</summary>
internal sealed class ResourceMonitor : IDisposable
{
    private const double gib = 1 << 30;

    private readonly Experiment experiment;
    private readonly TimeProvider clock;
    private readonly long startedAt;
    private readonly ITimer timer;
    private TimeSpan cpuBefore = Environment.CpuUsage.TotalTime;
    private long measuredAt;

    public ResourceMonitor(Experiment experiment, TimeSpan interval, TimeProvider clock)
    {
        (this.experiment, this.clock) = (experiment, clock);
        startedAt = measuredAt = clock.GetTimestamp();
        timer = clock.CreateTimer(_ => Measure(), state: null, interval, interval);
    }

    public void Dispose() => timer.Dispose();

    private void Measure()
    {
        var (now, cpu) = (clock.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var step = (long)clock.GetElapsedTime(startedAt, now).TotalSeconds;
        var busy = (cpu - cpuBefore) / clock.GetElapsedTime(measuredAt, now);
        (cpuBefore, measuredAt) = (cpu, now);
        experiment.LogMetric(":monitor:machine/cpu_usage", busy * 100, step);
        experiment.LogMetric(":monitor:machine/memory_used_gb", Environment.WorkingSet / gib, step);
        experiment.LogMetric(":monitor:machine/gc_heap_gb", GC.GetTotalMemory(forceFullCollection: false) / gib, step);
    }
}
