using System.Diagnostics;

namespace Braid.Testing;

/// <summary>Bounded waits for what another loop or process does.</summary>
public static class Eventually
{
    /// <summary>Looks every 10 ms until <paramref name="look"/> gives something; fails after <paramref name="atMost"/> (a minute).</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> look, string what, TimeSpan? atMost = null)
    {
        var limit = atMost ?? TimeSpan.FromMinutes(1);
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (await look() is { } found)
            {
                return found;
            }

            if (watch.Elapsed > limit)
            {
                throw new TimeoutException($"not within {limit.TotalSeconds} s: {what}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    public static Task IsTrueAsync(Func<Task<bool>> look, string what, TimeSpan? atMost = null) =>
        GetAsync<object>(async () => await look() ? new object() : null, what, atMost);
}
