using Braid.Primitives;

namespace Braid.Agent.Serving;

/// <summary>Asks until there is an answer: a server that is away comes back.</summary>
internal sealed class Persistence(TimeProvider clock, TimeSpan longest)
{
    private static readonly TimeSpan shortest = TimeSpan.FromMilliseconds(100);

    /// <returns>A value, or an error that does not go away by itself.</returns>
    public async Task<Result<T>> AskAsync<T>(Func<CancellationToken, Task<Result<T>>> ask, CancellationToken ct)
    {
        for (var wait = shortest; ; wait = wait * 2 < longest ? wait * 2 : longest)
        {
            var answer = await ask(ct);
            if (answer.Error is not { Kind: ErrorKind.Unavailable })
            {
                return answer;
            }

            await Task.Delay(wait, clock, ct);
        }
    }
}
