using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Output;

namespace Braid.Cli.Transactions;

internal static class ListTransaction
{
    public static Command Command { get; } =
        new("list transaction", "", "List the transactions that are not finished.")
        {
            Flags = [.. Flags.Format, Flags.FullTimestamps],
            RunAsync = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var table = new Table(call.Out, "TRANSACTION", "STARTED", "OPS");
        var all = await call.Pach.CallAsync(TransactionMethods.List, new(), ct);
        foreach (var info in all.TransactionInfo)
        {
            format?.Print(info);
            table.Add(info.Transaction.Id, call.Style.Time(info.Started), $"{info.Requests.Count}");
        }

        if (format is null)
        {
            table.Finish();
        }

        return 0;
    }
}
