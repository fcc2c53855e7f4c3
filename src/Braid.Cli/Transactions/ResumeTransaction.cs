using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;

namespace Braid.Cli.Transactions;

internal static class ResumeTransaction
{
    public static Command Command { get; } =
        new Command("resume transaction", "<transaction>", "Make a transaction the active one.")
        {
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new Protos.Transaction.InspectTransactionRequest { Transaction = ActiveTransaction.Named(call) };
        var found = await call.Pach.CallAsync(TransactionMethods.Inspect, request, ct);
        ActiveTransaction.Set(call, found.Transaction.Id);
        call.Out.Write($"Resuming existing transaction with {found.Requests.Count} requests: {found.Transaction.Id}\n");
        return 0;
    }
}
