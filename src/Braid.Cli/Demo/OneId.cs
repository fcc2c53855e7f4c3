using Braid.Cli.Runs;

namespace Braid.Cli.Demo;

/// <summary>The job, its ClearML task and its MLflow run are one thing with one ID, and the model names its data.</summary>
internal static class OneId
{
    public static async Task TellAsync(Stage stage, Facts facts, string job, CancellationToken ct)
    {
        stage.Title("c. One ID: the job is the ClearML task is the MLflow run");
        await stage.RunAsync(["inspect", "run", job], ct);
        var views = await new RunViews(stage.Pach, stage.ClearML, stage.MLflow).OfAsync(job, ct);
        var protocols = views.Where(view => view.Id == job).Select(view => view.Protocol).Distinct().Count();
        Stage.Check(protocols == 3, $"{protocols} of 3 protocols answer {job} with that ID");
        stage.Say(
            "The trainer was given credentials, no ID: whoever logs with a job's credentials joins the job's own run."
        );

        var model = (await facts.ModelsAsync(ct)).FirstOrDefault();
        Stage.Check(model is not null, "no model named digits was registered");
        Stage.Check(model!.RunId == job, $"the model's run is {model.RunId}, not {job}");
        var commit = await facts.CommitAsync($"train@{job}", ct);
        var read = commit
            .DirectProvenance.Where(source => source.Repo.Type == "user")
            .Select(source => source.Id)
            .ToList();
        Stage.Check(
            model.Inputs.Count > 0
                && model.Inputs.All(input => read.Exists(id => input.EndsWith($"@{id}", StringComparison.Ordinal))),
            $"the model names {string.Join(", ", model.Inputs)}, the job read {string.Join(", ", read)}"
        );
        stage.Say(
            $"The model digits, version {model.Version}, was made by this run from {string.Join(", ", model.Inputs)}."
        );
        stage.Say("No line of the training program says so: the system handed the data over, so it knows.");
    }
}
