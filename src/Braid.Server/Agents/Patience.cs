namespace Braid.Server.Agents;

/// <summary>Asks a store again that is away for a moment, where giving up would leave something behind that runs.</summary>
internal static class Patience
{
    private const int mostTries = 60;
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(1);

    public static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await ask();
            }
            catch (Exception error) when (error is not OperationCanceledException && tries < mostTries)
            {
                await Task.Delay(pause, TimeProvider.System, ct);
            }
        }
    }

    public static Task DoAsync(Func<Task> act, CancellationToken ct) =>
        AskAsync(
            async () =>
            {
                await act();
                return true;
            },
            ct
        );
}
