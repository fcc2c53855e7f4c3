using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Tracking;
using Braid.Cli.Transfers;

namespace Braid.Cli.OfflineSessions;

/// <summary>Makes a task of a session that ClearML's SDK recorded without a server.</summary>
internal static class ImportOffline
{
    private static readonly Flag again = Flags.Switch(
        "again",
        null,
        "Make another task of a session that was imported before."
    );
    private static readonly Flag data = Flags.Value(
        "data",
        null,
        "The server's folder; what CLEARML_API_HOST and others name, else BRAID_DATA, when not given."
    );

    public static Command Command { get; } =
        new Command(
            "import clearml-offline",
            "<session.zip>",
            "Make a task of a session that ClearML's SDK recorded offline."
        )
        {
            Flags = [again, data, TransferProgress.Flag],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var server = ClearMLAddress.Find(call.World, call.Text(data));
        await using var session = await OfflineSession.OpenAsync(call.Arguments[0]);
        var recorded = await session.ReadTaskAsync(ct);
        if (recorded.IsDataset)
        {
            throw new Failure(
                $"{call.Arguments[0]} holds a dataset: import it with clearml.Dataset.import_offline_session, which also mends its links"
            );
        }

        using var clearml = new ClearMLClient(server);
        var earlier = await new EarlierImports(clearml).FindAsync(recorded.Id, ct);
        if (earlier is not null && !call.Has(again))
        {
            call.Error.WriteLine("imported before; --again makes another task of it");
            call.Out.WriteLine(earlier);
            return 0;
        }

        await using var progress = TransferProgress.Of(call, "imported");
        var task = await new OfflineImport(clearml, session, recorded, progress, call.Error).RunAsync(ct);
        progress.Complete();
        call.Out.WriteLine(task);
        return 0;
    }
}
