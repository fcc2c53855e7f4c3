using Braid.Primitives;

namespace Braid.Compute.Executors;

/// <summary>Runs replicas with an image as containers, and those without one as processes. Ids say which of the two knows a replica.</summary>
public sealed class ChoosingExecutor(IExecutor processes, IExecutor containers) : IExecutor
{
    private const char separator = '/';

    public string Kind => $"{processes.Kind}+{containers.Kind}";

    public async Task<Result<Replica>> StartAsync(ReplicaSpec spec, CancellationToken ct)
    {
        var executor = spec.Image.Length > 0 ? containers : processes;
        var started = await executor.StartAsync(spec, ct);
        return started.Select(replica => Mark(executor, replica));
    }

    public async Task<Result<IReadOnlyList<Replica>>> FindAsync(CancellationToken ct)
    {
        var found = new List<Replica>();
        foreach (var executor in (IExecutor[])[processes, containers])
        {
            if (!(await executor.FindAsync(ct)).TryGet(out var some, out var error))
            {
                return error;
            }

            found.AddRange(some.Select(replica => Mark(executor, replica)));
        }

        found.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        return found;
    }

    public Task<ReplicaExit> WaitAsync(ReplicaId id, CancellationToken ct)
    {
        var (executor, own) = Read(id);
        return executor.WaitAsync(own, ct);
    }

    public IAsyncEnumerable<ReplicaLine> LogsAsync(ReplicaId id, long after, bool follow, CancellationToken ct)
    {
        var (executor, own) = Read(id);
        return executor.LogsAsync(own, after, follow, ct);
    }

    public Task<Result<ReplicaUsage>> MeasureAsync(ReplicaId id, CancellationToken ct)
    {
        var (executor, own) = Read(id);
        return executor.MeasureAsync(own, ct);
    }

    public Task<Result<Unit>> StopAsync(ReplicaId id, CancellationToken ct)
    {
        var (executor, own) = Read(id);
        return executor.StopAsync(own, ct);
    }

    public Task<Result<Unit>> RemoveAsync(ReplicaId id, CancellationToken ct)
    {
        var (executor, own) = Read(id);
        return executor.RemoveAsync(own, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await processes.DisposeAsync();
        await containers.DisposeAsync();
    }

    private static Replica Mark(IExecutor executor, Replica replica) =>
        replica with
        {
            Id = new($"{executor.Kind}{separator}{replica.Id}"),
        };

    private (IExecutor Executor, ReplicaId Id) Read(ReplicaId id)
    {
        var at = id.Value.IndexOf(separator, StringComparison.Ordinal);
        var own = new ReplicaId(id.Value[(at + 1)..]);
        return (id.Value[..at] == containers.Kind ? containers : processes, own);
    }
}
