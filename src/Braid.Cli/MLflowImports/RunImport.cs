using System.Text.Json.Nodes;
using Braid.Cli.MLflowImports.Artifacts;
using Braid.Cli.MLflowImports.Points;
using Braid.Cli.MLflowImports.Sources;
using Braid.Gateway.MLflow.Imports;

namespace Braid.Cli.MLflowImports;

/// <summary>Takes the runs of an experiment over: fields, points, files, each read back and compared.</summary>
internal sealed class RunImport(
    MLflowSource source,
    ImportTarget target,
    ImportReport report,
    PointImport points,
    FileImport files,
    MovedFiles moved
)
{
    public async Task RunAsync(SourceExperiment experiment, ExperimentPlace place, CancellationToken ct)
    {
        await foreach (var run in source.RunsAsync(experiment, ct))
        {
            try
            {
                await TakeAsync(experiment, place, run, ct);
            }
            catch (Exception error) when (error is Refused or Unreadable or IOException or UnauthorizedAccessException)
            {
                report.Fail($"run {run.Id} of experiment '{experiment.Name}'", error.Message);
            }
        }
    }

    private async Task TakeAsync(
        SourceExperiment experiment,
        ExperimentPlace place,
        SourceRun run,
        CancellationToken ct
    )
    {
        if (run.Damage is { } damage)
        {
            throw new Unreadable(damage);
        }

        var answer = await target.PostAsync("/api/2.0/braid/import/run", RequestBodies.Of(run, place.Id), ct);
        var (existed, uri) = (answer.Text("existed") == "true", answer.Text("artifact_uri"));
        moved.Add(run.Id, uri);
        var (count, sent) = await points.SendAsync(
            "run_id",
            run.Id,
            () => source.PointsAsync(experiment, run, ct),
            existed,
            ct
        );
        await CompareParametersAsync(run, ct);
        report.Runs.Add(1, !existed);
        report.Points.Add(count, sent);
        report.Parameters.Add(run.Parameters.Count, !existed);
        report.Tags.Add(run.Tags.Count, !existed);
        report.Datasets.Add(run.Datasets.Count, !existed);
        if (place.TakesFiles)
        {
            await files.SendAsync(() => source.FilesAsync(experiment, run, ct), uri, existed, $"run {run.Id}", ct);
        }
    }

    private async Task CompareParametersAsync(SourceRun run, CancellationToken ct)
    {
        var digest = new SetDigest();
        foreach (var parameter in run.Parameters)
        {
            digest.AddPair(parameter.Key, parameter.Value);
        }

        var stored = Stored.Of(await points.CheckAsync("run_id", run.Id, ct), "params");
        if (stored != Stored.Of(digest))
        {
            throw new Refused($"{stored.Count} params are here and {digest.Count} over there, or others than these");
        }
    }
}
