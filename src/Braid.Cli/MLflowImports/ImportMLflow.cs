using Braid.Cli.CommandLine;
using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports;

/// <summary>Takes over what another MLflow has: runs with their ids, points, files, and the model registry.</summary>
internal static class ImportMLflow
{
    private static readonly Flag from = Flags.Value(
        "from",
        null,
        "sqlite:///FILE of MLflow's, http://HOST:PORT of an MLflow server, or a file store's folder (mlruns)."
    );
    private static readonly Flag artifacts = Flags.Value(
        "artifacts",
        null,
        "The folder that holds the artifacts, where they are not where the source says."
    );
    private static readonly Flag data = Flags.Value(
        "data",
        null,
        "The server's folder; what MLFLOW_TRACKING_URI names, else BRAID_DATA, when not given."
    );

    public static Command Command { get; } =
        new Command(
            "import mlflow",
            "--from SOURCE",
            "Import experiments, runs, artifacts and models of another MLflow, with their ids."
        )
        {
            Flags = [from, artifacts, data],
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var place =
            call.Text(from)
            ?? throw new Failure("import from where? --from sqlite:///FILE, http://HOST:PORT or mlruns/")
            {
                ShowUsageOf = call.Command,
            };
        using var target = ImportTarget.Find(call.World, call.Text(data));
        await using var source = MLflowSource.Open(place, call.Text(artifacts));
        var report = new ImportReport(call.Error);
        try
        {
            await new MLflowImport(source, target, report).RunAsync(ct);
        }
        catch (Exception error) when (error is Unreadable or IOException or UnauthorizedAccessException)
        {
            report.Fail("the rest", error.Message);
        }

        report.Write(call.Out);
        return report.Failures == 0 ? 0 : 1;
    }
}
