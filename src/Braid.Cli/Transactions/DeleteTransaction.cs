using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;

namespace Braid.Cli.Transactions;

internal static class DeleteTransaction
{
    public static Command Command { get; } =
        new Command("delete transaction", "[<transaction>]", "Forget a transaction; nothing of it is done.")
        {
            RunAsync = RunAsync,
        }.Taking(0, 1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var transaction = ActiveTransaction.Named(call);
        await call.Pach.CallAsync(TransactionMethods.Delete, new() { Transaction = transaction }, ct);
        ActiveTransaction.Clear(call, transaction.Id);
        return 0;
    }
}
