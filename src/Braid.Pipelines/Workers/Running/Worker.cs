using Braid.Compute.Processes;
using Braid.Compute.Sessions;

namespace Braid.Pipelines.Workers.Running;

/// <summary>
/// One worker: takes some datums of a job, runs them, takes the next ones. How many it takes follows from how long they take, so
/// that many short ones cost few transactions, and long ones are taken one by one. Its workbench stays while the job does.
/// </summary>
internal sealed class Worker(string name, WorkerParts parts, string folder) : IAsyncDisposable
{
    private const int mostDatums = 256;
    private static readonly TimeSpan aim = TimeSpan.FromMilliseconds(250);

    private (long Job, Workbench Bench)? at;
    private int size = 1;

    /// <summary>True when there was a datum, so there may be another.</summary>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        var leases = await parts.Leases.TakeAsync(name, size, ct);
        if (leases.Count == 0)
        {
            await LeaveAsync();
            return false;
        }

        var start = parts.Clock.GetTimestamp();
        try
        {
            var bench = await BenchOfAsync(leases[0]);
            await new DatumBatch(parts, bench, leases).RunAsync(ct);
        }
        catch
        {
            await parts.Leases.ReleaseAsync(leases, CancellationToken.None);
            await LeaveAsync();
            throw;
        }

        size = NextSize(leases.Count, parts.Clock.GetElapsedTime(start));
        return true;
    }

    public ValueTask DisposeAsync() => LeaveAsync();

    private static int NextSize(int ran, TimeSpan took) =>
        (int)Math.Clamp(ran * (aim / took), 1, Math.Min(mostDatums, ran * 4));

    private async Task<Workbench> BenchOfAsync(DatumLease lease)
    {
        if (at is { } now && now.Job == lease.Job.Id)
        {
            return now.Bench;
        }

        await LeaveAsync();
        var spec = new SessionSpec { Environment = DatumEnvironment.OfSession(lease, parts.Doors) };
        at = (lease.Job.Id, new(parts.Executor, spec, Path.Combine(folder, name)));
        return at.Value.Bench;
    }

    private async ValueTask LeaveAsync()
    {
        size = 1;
        if (at is { } now)
        {
            at = null;
            await now.Bench.DisposeAsync();
        }
    }
}
