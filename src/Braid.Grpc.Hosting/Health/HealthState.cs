using System.Collections.Immutable;

namespace Braid.Grpc.Hosting.Health;

/// <summary>Which services serve. One immutable snapshot, swapped as a whole; watchers are told that there is a new one.</summary>
public sealed class HealthState
{
    private sealed record Snapshot(ImmutableDictionary<string, bool> Services, TaskCompletionSource Changed);

    private Snapshot current;

    /// <param name="services">The services that serve from the start; the server as a whole is the empty name.</param>
    public HealthState(IEnumerable<string> services) =>
        current = new(services.Append("").ToImmutableDictionary(name => name, _ => true), NewSignal());

    /// <summary>Says that a service, or with the empty name the server, serves or does not.</summary>
    public void Set(string service, bool isServing)
    {
        while (true)
        {
            var old = current;
            var next = new Snapshot(old.Services.SetItem(service, isServing), NewSignal());
            if (Interlocked.CompareExchange(ref current, next, old) == old)
            {
                old.Changed.SetResult();
                return;
            }
        }
    }

    /// <summary>The state of a service (null when there is none of that name), and what completes at the next change.</summary>
    internal (bool? IsServing, Task Changed) Look(string service)
    {
        var now = Volatile.Read(ref current);
        return (now.Services.TryGetValue(service, out var serving) ? serving : null, now.Changed.Task);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
