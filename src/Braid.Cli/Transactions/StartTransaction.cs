using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;

namespace Braid.Cli.Transactions;

internal static class StartTransaction
{
    public static Command Command { get; } =
        new("start transaction", "", "Start a transaction: what follows is collected, and done when it is finished.")
        {
            RunAsync = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        if (ActiveTransaction.Of(call) is { } active)
        {
            throw new Failure(
                $"cannot start a new transaction, since transaction with ID \"{active}\" already exists: finish, delete or stop it"
            );
        }

        var made = await call.Pach.CallAsync(TransactionMethods.Start, new(), ct);
        ActiveTransaction.Set(call, made.Id);
        call.Out.Write($"started new transaction: \"{made.Id}\"\n");
        return 0;
    }
}
