using Braid.Grpc.Statuses;

namespace Braid.Cli.Transfers;

/// <summary>Repeats a step that goes on where it stopped when the connection to the server is lost.</summary>
internal sealed class Reconnecting(TimeProvider clock)
{
    private const int mostAttempts = 5;

    /// <exception cref="GrpcException">The server refused, or stayed away.</exception>
    public async Task RunAsync(Func<Task> step, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await step();
                return;
            }
            catch (GrpcException lost) when (lost.Status.Code == GrpcCode.Unavailable && attempt < mostAttempts)
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt), clock, ct);
            }
        }
    }
}
