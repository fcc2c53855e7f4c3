using Braid.Cli.CommandLine;

namespace Braid.Cli.TrackedRuns.Machines;

/// <summary>
/// Measures again and again what the machine and the program use, and adds it to a run's series under the names that ClearML's SDK
/// uses: <c>:monitor:machine</c> and <c>:monitor:gpu</c>, by seconds since the start; the program and what it started, <c>:monitor:process</c>.
/// </summary>
internal sealed class MachineMonitor(int program, EventSpool spool, Surroundings world)
{
    private readonly long started = world.Clock.GetTimestamp();

    public async Task RunAsync(TimeSpan every, CancellationToken ended)
    {
        if (every <= TimeSpan.Zero || !OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            await MeasureAsync(every, ended);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            world.Error.WriteLine($"braid: the use of the machine is not measured any more: {unreadable.Message}");
        }
    }

    private async Task MeasureAsync(TimeSpan every, CancellationToken ended)
    {
        for (var before = MachineUse.Now(program); ; )
        {
            await Task.Delay(every, world.Clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var now = MachineUse.Now(program);
            Add(before, now);
            before = now;
            if (ended.IsCancellationRequested)
            {
                return;
            }

            foreach (var (series, value) in await GpuUse.NowAsync(ended))
            {
                spool.AddScalar(":monitor:gpu", series, Second, value);
            }
        }
    }

    private long Second => (long)world.Clock.GetElapsedTime(started).TotalSeconds;

    private void Add(MachineUse before, MachineUse now)
    {
        foreach (var (title, series, value) in now.Since(before))
        {
            if (double.IsFinite(value))
            {
                spool.AddScalar(title, series, Second, value);
            }
        }
    }
}
