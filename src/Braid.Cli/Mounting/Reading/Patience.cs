using Braid.Fuse.Operations;
using Braid.Grpc.Statuses;

namespace Braid.Cli.Mounting.Reading;

/// <summary>
/// How long a reader waits for a server that cannot be reached: calls are tried again until the limit, and then fail; while the
/// server stays away, further calls are tried once each, so that nobody waits the whole time again for every file.
/// </summary>
internal sealed class Patience(TimeSpan limit, TimeProvider clock, MountLog log)
{
    private static readonly TimeSpan longestPause = TimeSpan.FromSeconds(1);

    private long awaySince = long.MaxValue;

    /// <exception cref="GrpcException">The server refused, or was not reached in time.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        var pause = TimeSpan.FromMilliseconds(50);
        while (true)
        {
            try
            {
                var answer = await OnceAsync(call, ct);
                Returned();
                return answer;
            }
            catch (GrpcException refused) when (IsAway(refused) && IsWorthWaiting(refused))
            {
                await Task.Delay(pause, clock, ct);
                pause = pause * 2 < longestPause ? pause * 2 : longestPause;
            }
        }
    }

    /// <summary>What the kernel is told when a call failed.</summary>
    public static Errno ErrorOf(GrpcException refused) =>
        refused.Status.Code switch
        {
            GrpcCode.NotFound => Errno.NotFound,
            GrpcCode.PermissionDenied or GrpcCode.Unauthenticated => Errno.AccessDenied,
            _ => Errno.InputOutput,
        };

    /// <summary>No single attempt takes longer than the limit: a server may accept a call and never answer.</summary>
    private async Task<T> OnceAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new GrpcException(GrpcCode.DeadlineExceeded, $"no answer within {limit.TotalSeconds} s");
        }
    }

    /// <summary>The server was not reached, and may be later.</summary>
    public static bool IsAway(GrpcException refused) =>
        refused.Status.Code is GrpcCode.Unavailable or GrpcCode.DeadlineExceeded or GrpcCode.Cancelled;

    private bool IsWorthWaiting(GrpcException refused)
    {
        var now = clock.GetTimestamp();
        var since = Interlocked.CompareExchange(ref awaySince, now, long.MaxValue);
        if (since == long.MaxValue)
        {
            log.Write($"the server is away ({refused.Status.Message}): waiting up to {limit.TotalSeconds} s for it");
            return true;
        }

        if (clock.GetElapsedTime(since, now) < limit)
        {
            return true;
        }

        log.Write(
            $"the server has been away for more than {limit.TotalSeconds} s ({refused.Status.Message}): "
                + "readers see an input/output error until it is back"
        );
        return false;
    }

    private void Returned()
    {
        if (
            Volatile.Read(ref awaySince) != long.MaxValue
            && Interlocked.Exchange(ref awaySince, long.MaxValue) != long.MaxValue
        )
        {
            log.Write("the server is back");
        }
    }
}
