using Braid.Cli.MLflowImports.Artifacts;
using Braid.Cli.MLflowImports.Points;
using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports;

/// <summary>Takes the logged models of an experiment over.</summary>
internal sealed class LoggedModelImport(
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
        try
        {
            await foreach (var model in source.ModelsAsync(experiment, ct))
            {
                await TryTakeAsync(experiment, place, model, ct);
            }
        }
        catch (Unreadable damage)
        {
            report.Fail($"logged models of experiment '{experiment.Name}'", damage.Message);
        }
    }

    private async Task TryTakeAsync(
        SourceExperiment experiment,
        ExperimentPlace place,
        SourceModel model,
        CancellationToken ct
    )
    {
        try
        {
            var answer = await target.PostAsync(
                "/api/2.0/braid/import/logged-model",
                RequestBodies.Of(model, place.Id),
                ct
            );
            var (existed, uri) = (answer.Text("existed") == "true", answer.Text("artifact_uri"));
            moved.Add(model.Id, uri);
            await points.SendAsync("model_id", model.Id, () => model.Points.ToAsyncEnumerable(), existed, ct);
            report.LoggedModels.Add(1, !existed);
            if (place.TakesFiles)
            {
                await files.SendAsync(
                    () => source.FilesAsync(experiment, model, ct),
                    uri,
                    existed,
                    $"logged model {model.Id}",
                    ct
                );
            }
        }
        catch (Refused refusal)
        {
            report.Fail($"logged model {model.Id} of experiment '{experiment.Name}'", refusal.Message);
        }
    }
}
