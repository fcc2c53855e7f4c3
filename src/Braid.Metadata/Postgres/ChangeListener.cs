using Braid.Metadata.Changes;
using Npgsql;

namespace Braid.Metadata.Postgres;

/// <summary>Passes other servers' announcements on to this process's feed. A lost connection is made again.</summary>
internal sealed class ChangeListener(NpgsqlDataSource source, ChangeFeed changes, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan betweenTries = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stop = new();
    private Task? running;

    public void Start() => running ??= Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (running is not null)
        {
            await running;
        }
    }

    private async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(stop.Token);
                connection.Notification += (_, e) => changes.Announce(e.Payload);
                await using (var listen = new NpgsqlCommand("LISTEN braid", connection))
                {
                    await listen.ExecuteNonQueryAsync(stop.Token);
                }

                while (true)
                {
                    await connection.WaitAsync(stop.Token);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is NpgsqlException or IOException)
            {
                // Loops look at their periods meanwhile; nothing is lost.
                await Task.Delay(betweenTries, clock, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }
}
