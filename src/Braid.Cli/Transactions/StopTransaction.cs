using Braid.Cli.CommandLine;

namespace Braid.Cli.Transactions;

/// <summary>Leaves the active transaction, which the server keeps.</summary>
internal static class StopTransaction
{
    public static Command Command { get; } =
        new("stop transaction", "", "Leave the active transaction; resume transaction goes on with it.")
        {
            RunAsync = RunAsync,
        };

    private static Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var id = ActiveTransaction.Named(call).Id;
        ActiveTransaction.Set(call, null);
        call.Out.Write($"Cleared active transaction: {id}\n");
        return Task.FromResult(0);
    }
}
