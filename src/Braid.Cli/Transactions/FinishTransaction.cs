using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;

namespace Braid.Cli.Transactions;

internal static class FinishTransaction
{
    public static Command Command { get; } =
        new Command("finish transaction", "[<transaction>]", "Do all that the transaction has collected, or nothing.")
        {
            RunAsync = RunAsync,
        }.Taking(0, 1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var transaction = ActiveTransaction.Named(call);
        var done = await call.Pach.CallAsync(TransactionMethods.Finish, new() { Transaction = transaction }, ct);
        ActiveTransaction.Clear(call, transaction.Id);
        call.Out.Write($"Completed transaction with {done.Responses.Count} requests: {done.Transaction.Id}\n");
        return 0;
    }
}
