using Braid.Access.Credentials;
using Braid.Pipelines.Workers.Batching;
using Braid.Primitives;

namespace Braid.Pipelines.Workers.Running;

/// <summary>
/// One worker: takes some datums of a job, runs them, takes the next ones. How many it takes follows from how long they take, so
/// that many short ones cost few transactions, and long ones are taken one by one. Its workbench stays while the job does.
/// </summary>
/// <param name="take">Takes the next datums, at most so many.</param>
internal sealed class Worker(
    string name,
    WorkerParts parts,
    string folder,
    Func<int, CancellationToken, Task<IReadOnlyList<DatumLease>>> take
) : IAsyncDisposable
{
    private const int mostDatums = 256;
    private static readonly TimeSpan aim = TimeSpan.FromMilliseconds(500);

    private readonly WorkerDesk desk = new(name);
    private readonly string folder = Path.Combine(folder, name);
    private (long Job, Workbench Bench)? at;
    private string? program;
    private WorkerDoor? door;
    private int size = 1;

    public WorkerDesk Desk => desk;

    /// <summary>True when there was a datum, so there may be another.</summary>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        var leases = await take(size, ct);
        if (leases.Count == 0)
        {
            await LeaveAsync();
            return false;
        }

        var start = parts.Clock.GetTimestamp();
        try
        {
            var bench = await BenchOfAsync(leases[0], ct);
            await (
                bench.TryGet(out var ready, out var refused)
                    ? new DatumBatch(parts, ready, desk, leases).RunAsync(ct)
                    : new RefusedBatch(parts, leases).FailAsync(refused)
            );
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

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        if (door is not null)
        {
            await door.Host.DisposeAsync();
        }
    }

    private static int NextSize(int ran, TimeSpan took) =>
        (int)Math.Clamp(ran * (aim / took), 1, Math.Min(mostDatums, ran * 4));

    private async Task<Result<Workbench>> BenchOfAsync(DatumLease lease, CancellationToken ct)
    {
        if (at is { } now && now.Job == lease.Job.Id)
        {
            return now.Bench;
        }

        await LeaveBenchAsync();
        KeyPair? keys = null;
        if (lease.Spec.Transform.DatumBatching)
        {
            if ((await OpenDoorAsync(ct)).Error is { } closed)
            {
                return closed;
            }

            (program, keys) = await parts.Leases.IssueForProgramAsync(lease, ct);
        }

        Scratch.Remove(folder);
        var spec = await new SessionSetup(parts, lease, folder).PrepareAsync(door?.Port, keys, ct);
        if (!spec.TryGet(out var ready, out var refused))
        {
            return refused;
        }

        parts.Troubles.End(lease.Job.Ref, lease.Job.Version);
        at = (lease.Job.Id, new(parts.Executor, ready, folder, hasOut: !lease.Spec.S3Out));
        return at.Value.Bench;
    }

    private async Task<Result<Unit>> OpenDoorAsync(CancellationToken ct)
    {
        if (door is null && parts.OpenDoor is not null)
        {
            door = await parts.OpenDoor(desk, ct);
        }

        return door is null ? Errors.NoWorkerDoor() : Unit.Value;
    }

    private async ValueTask LeaveAsync()
    {
        size = 1;
        await LeaveBenchAsync();
        parts.Leases.Leave(name);
    }

    private async ValueTask LeaveBenchAsync()
    {
        desk.Serve(null);
        if (at is { } now)
        {
            at = null;
            await now.Bench.DisposeAsync();
        }

        if (program is { } attempt)
        {
            program = null;
            await parts.Leases.RevokeProgramAsync(attempt);
        }
    }
}
