using Braid.Primitives;

namespace Braid.Workloads.Keeping;

/// <summary>
/// Workloads with which something is wrong, so that whatever is done with them throws: each is left alone for a while, longer every
/// time, and the others go on.
/// </summary>
internal sealed class LeftOut(TimeProvider clock)
{
    private static readonly TimeSpan shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan longest = TimeSpan.FromMinutes(5);

    private readonly Dictionary<RunId, (TimeSpan Pause, long Since)> known = [];

    public int Count => known.Count(one => IsLeftOut(one.Value));

    public bool Contains(RunId id) => known.TryGetValue(id, out var one) && IsLeftOut(one);

    /// <summary>Does something with a workload; one that throws is left out from then on.</summary>
    /// <param name="failed">Told what it threw.</param>
    /// <returns>False when it threw.</returns>
    public async Task<bool> TryAsync(RunId id, Func<Task> work, Action<Exception> failed)
    {
        try
        {
            await work();
            known.Remove(id);
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Forget();
            var pause = known.TryGetValue(id, out var before) ? before.Pause * 2 : shortest;
            known[id] = (pause < longest ? pause : longest, clock.GetTimestamp());
            failed(
                new InvalidOperationException(
                    $"workload {id} is left out for {known[id].Pause}: {error.Message}",
                    error
                )
            );
            return false;
        }
    }

    private bool IsLeftOut((TimeSpan Pause, long Since) one) => clock.GetElapsedTime(one.Since) < one.Pause;

    /// <summary>Those that were not tried again when they could have been are gone.</summary>
    private void Forget()
    {
        foreach (var (id, one) in known)
        {
            if (clock.GetElapsedTime(one.Since) > one.Pause + longest)
            {
                known.Remove(id);
            }
        }
    }
}
