using Braid.Protos.Pps;

namespace Braid.Cli.Demo;

/// <summary>Two pipelines: features from every file, then a model from all of them.</summary>
internal static class MakePipelines
{
    private const double Goal = 0.95;

    /// <summary>The ID of the training's job.</summary>
    public static async Task<string> TellAsync(Stage stage, Facts facts, CancellationToken ct)
    {
        stage.Title(
            "b. Two pipelines: a datum per file makes feature vectors, one datum of all of them trains a classifier"
        );
        await stage.RunAsync(["create", "pipeline", "-f", Path.Combine(PutImages.Folder, "features.json")], ct);
        await stage.RunAsync(["create", "pipeline", "-f", Path.Combine(PutImages.Folder, "train.json")], ct);

        var features = await facts.NewestJobAsync("features", ct);
        CheckSuccess(features, PutImages.Files);
        var train = await facts.NewestJobAsync("train", ct);
        CheckSuccess(train, 1);

        await stage.RunAsync(["list", "job", "-x"], ct);
        await stage.RunAsync(["logs", "-j", $"train@{train.Job.Id}"], ct);
        var accuracy = await facts.AccuracyAsync(train.Job.Id, ct);
        Stage.Check(accuracy >= Goal, $"the classifier reached {accuracy:P1}, not {Goal:P0}");
        stage.Say(
            $"Trained in a sandboxed process that saw /pfs/features and logged to its own run: {accuracy:P2} on held-out images."
        );
        return train.Job.Id;
    }

    public static void CheckSuccess(JobInfo job, int processed)
    {
        var name = $"{job.Job.Pipeline.Name}@{job.Job.Id}";
        Stage.Check(job.State == JobState.JobSuccess, $"the job {name} ended as {job.State}: {job.Reason}");
        Stage.Check(
            job.DataProcessed == processed,
            $"the job {name} processed {job.DataProcessed} datums, not {processed}"
        );
        Stage.Check(job.DataFailed == 0, $"the job {name} has {job.DataFailed} failed datums");
    }
}
