using System.Collections.Concurrent;
using Braid.Compute.Containers.Engine;
using Braid.Compute.Executors;
using Braid.Primitives;

namespace Braid.Compute.Containers;

/// <summary>Ends containers that run longer than they may, also those that an earlier agent started.</summary>
internal sealed class TimeLimits : IAsyncDisposable
{
    private static readonly TimeSpan period = TimeSpan.FromSeconds(1);

    private readonly EngineClient engine;
    private readonly EndMarks marks;
    private readonly TimeProvider clock;
    private readonly Loop loop;
    private readonly ConcurrentDictionary<string, DateTimeOffset> deadlines = new(StringComparer.Ordinal);

    public TimeLimits(EngineClient engine, EndMarks marks, TimeProvider clock, Action<string, Exception> failed)
    {
        this.engine = engine;
        this.marks = marks;
        this.clock = clock;
        loop = new("container time limits", StepAsync, period, clock, failed);
        loop.Start();
    }

    /// <summary>Looks after a container, if it runs and has a limit.</summary>
    public void Watch(ContainerDetails container, ReplicaExit? exit)
    {
        if (
            exit is null
            && ContainerLabels.Timeout(container.Config.Labels ?? new Dictionary<string, string>()) is { } most
        )
        {
            deadlines[container.Id] = container.State.StartedAt + most;
        }
    }

    public void Forget(string id) => deadlines.TryRemove(id, out _);

    public ValueTask DisposeAsync() => loop.DisposeAsync();

    private async Task<bool> StepAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var (id, _) in deadlines.Where(deadline => deadline.Value <= now))
        {
            marks.Set(id, ReplicaCause.TimedOut);
            var killed = await engine.DoAsync(HttpMethod.Post, $"/containers/{id}/kill", ct);
            // Refused in any other way, it does not run any more.
            if (killed.Error is not { Kind: ErrorKind.Unavailable })
            {
                Forget(id);
            }
        }

        return false;
    }
}
