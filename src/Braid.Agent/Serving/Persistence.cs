using Braid.Primitives;

namespace Braid.Agent.Serving;

/// <summary>Asks until there is an answer: a server that is away comes back.</summary>
internal sealed class Persistence(TimeProvider clock, TimeSpan longest)
{
    private static readonly TimeSpan shortest = TimeSpan.FromMilliseconds(100);

    /// <returns>A value, or an error that does not go away by itself.</returns>
    public Task<Result<T>> AskAsync<T>(Func<CancellationToken, Task<Result<T>>> ask, CancellationToken ct) =>
        AskAsync(ask, patience: null, ct);

    /// <param name="patience">How long a server that is there may fail; null for ever. One that is away costs none of it.</param>
    public async Task<Result<T>> AskAsync<T>(
        Func<CancellationToken, Task<Result<T>>> ask,
        TimeSpan? patience,
        CancellationToken ct
    )
    {
        long? failing = null;
        for (var wait = shortest; ; wait = wait * 2 < longest ? wait * 2 : longest)
        {
            var answer = await ask(ct);
            failing = answer.Error?.Code == Errors.FailedCode ? failing ?? clock.GetTimestamp() : null;
            if (
                answer.Error is not { Kind: ErrorKind.Unavailable }
                || (failing is { } since && clock.GetElapsedTime(since) >= patience)
            )
            {
                return answer;
            }

            await Task.Delay(wait, clock, ct);
        }
    }
}
