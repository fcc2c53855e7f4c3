using Braid.Primitives;

namespace Braid.Compute.Executors;

/// <summary>
/// Runs replicas: programs that somebody else placed here. Everything is asked by id and can be asked again, also by a new
/// executor after the one that started a replica died: what is known of a replica stays until <see cref="RemoveAsync"/>.
/// </summary>
/// <remarks>
/// Errors are expected refusals: a spec that cannot be run here, a stale token, an engine that does not answer
/// (<see cref="ErrorKind.Unavailable"/>: the same call succeeds later). Every call may be repeated.
/// </remarks>
public interface IExecutor : IAsyncDisposable
{
    /// <summary>What runs the replicas: <c>process</c>, <c>docker</c> or <c>podman</c>.</summary>
    string Kind { get; }

    /// <summary>
    /// Starts a replica once: with the name and token of one that is here already, that one is the answer, running or ended. A
    /// higher token than that of the one here replaces it (it is killed and removed first), a lower one is refused.
    /// </summary>
    Task<Result<Replica>> StartAsync(ReplicaSpec spec, CancellationToken ct);

    /// <summary>Every replica of this owner that was started and not removed, in the order of their names.</summary>
    Task<Result<IReadOnlyList<Replica>>> FindAsync(CancellationToken ct);

    /// <summary>
    /// How the replica ended, once it has. Waits while the engine is away. One that is not here (any more) is
    /// <see cref="ReplicaCause.Lost"/>.
    /// </summary>
    Task<ReplicaExit> WaitAsync(ReplicaId id, CancellationToken ct);

    /// <summary>
    /// The lines from number <paramref name="after"/> + 1 on, as they come, until the replica has ended and all were read. The
    /// numbers are the same whenever and by whomever they are read. Waits while the engine is away; a replica that is not here
    /// has no lines.
    /// </summary>
    /// <param name="follow">False: ends with what was written so far.</param>
    IAsyncEnumerable<ReplicaLine> LogsAsync(ReplicaId id, long after, bool follow, CancellationToken ct);

    /// <summary>What the replica uses; <see cref="ErrorKind.NotFound"/> when it has ended or is not here.</summary>
    Task<Result<ReplicaUsage>> MeasureAsync(ReplicaId id, CancellationToken ct);

    /// <summary>
    /// Sends the replica its stop signal, and kills it when it has not ended within its grace period; returns when it has ended.
    /// Nothing happens to one that has ended, or is not here.
    /// </summary>
    Task<Result<Unit>> StopAsync(ReplicaId id, CancellationToken ct);

    /// <summary>Kills the replica if it runs, and forgets it and its lines.</summary>
    Task<Result<Unit>> RemoveAsync(ReplicaId id, CancellationToken ct);
}
