using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Braid.Compute.Executors;
using Braid.Primitives;

namespace Braid.Load.Machine;

/// <summary>Runs nothing: what is started has printed a line and ended well. So what is measured is all that is around a program.</summary>
/// <param name="isEndless">What is started does not end instead.</param>
internal sealed class InstantExecutor(ConcurrentDictionary<string, int> starts, bool isEndless = false) : IExecutor
{
    private readonly ConcurrentDictionary<ReplicaId, Replica> replicas = new();

    public string Kind => "process";

    public Task<Result<Replica>> StartAsync(ReplicaSpec spec, CancellationToken ct)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = new ReplicaId($"{spec.Name}.{spec.Token}");
        var replica = replicas.GetOrAdd(
            id,
            _ =>
            {
                starts.AddOrUpdate(spec.Name, 1, (_, count) => count + 1);
                return new()
                {
                    Id = id,
                    Name = spec.Name,
                    Token = spec.Token,
                    Labels = spec.Labels,
                    StartedAt = now,
                    Exit = isEndless ? null : new(ReplicaCause.Exited, 0, "exited with code 0", now),
                };
            }
        );
        return Task.FromResult<Result<Replica>>(replica);
    }

    public Task<Result<IReadOnlyList<Replica>>> FindAsync(CancellationToken ct) =>
        Task.FromResult(Result.Ok<IReadOnlyList<Replica>>([.. replicas.Values]));

    public async Task<ReplicaExit> WaitAsync(ReplicaId id, CancellationToken ct)
    {
        if (isEndless && replicas.ContainsKey(id))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
        }

        return replicas.GetValueOrDefault(id)?.Exit
            ?? new ReplicaExit(ReplicaCause.Lost, -1, "is not here", TimeProvider.System.GetUtcNow());
    }

    public async IAsyncEnumerable<ReplicaLine> LogsAsync(
        ReplicaId id,
        long after,
        bool follow,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await Task.CompletedTask;
        if (after == 0 && replicas.TryGetValue(id, out var replica))
        {
            yield return new(1, replica.StartedAt, IsError: false, $"ran {replica.Name}");
        }
    }

    public Task<Result<ReplicaUsage>> MeasureAsync(ReplicaId id, CancellationToken ct) =>
        Task.FromResult<Result<ReplicaUsage>>(new Error(ErrorKind.NotFound, "load.ended", $"{id} has ended"));

    public Task<Result<Unit>> StopAsync(ReplicaId id, CancellationToken ct) =>
        Task.FromResult<Result<Unit>>(Unit.Value);

    public Task<Result<Unit>> RemoveAsync(ReplicaId id, CancellationToken ct)
    {
        replicas.TryRemove(id, out _);
        return Task.FromResult<Result<Unit>>(Unit.Value);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
