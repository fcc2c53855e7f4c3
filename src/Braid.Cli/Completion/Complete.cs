using Braid.Cli.CommandLine;
using Braid.Grpc.Statuses;

namespace Braid.Cli.Completion;

/// <summary>What the scripts ask: the words so far, the last of them unfinished. Prints what it could become, a line each.</summary>
internal static class Complete
{
    /// <summary>Who waits at the keyboard does not wait long.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(2);

    public static Command Command { get; } =
        new("__complete", "<word> ...", "What the last word could become.")
        {
            IsHidden = true,
            PassesThrough = true,
            RunAsync = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        try
        {
            foreach (var word in await new Completer(call.World).FindAsync([.. call.Arguments], limit.Token))
            {
                call.Out.Write(word + "\n");
            }
        }
        catch (Exception error) when (error is GrpcException or Failure or IOException or OperationCanceledException)
        {
            // No server, no token, no such repo: nothing to offer, and nothing to disturb the line that is being typed.
            return 1;
        }

        return 0;
    }
}
