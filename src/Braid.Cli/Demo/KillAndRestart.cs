using System.Diagnostics;
using Braid.Cli.CommandLine;
using Braid.Protos.Pps;

namespace Braid.Cli.Demo;

/// <summary>The server dies in the middle of a training and comes back: the job ends, and everything is there once.</summary>
internal static class KillAndRestart
{
    private const string Removed = "batch-59.csv";
    private const int EnoughSteps = 200;
    private static readonly TimeSpan look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    public static async Task TellAsync(Stage stage, Facts facts, CancellationToken ct)
    {
        stage.Title("e. kill -9 in the middle of a training");
        var before = await CountAsync(facts, ct);
        await stage.RunAsync(["delete", "file", $"digits@master:/{Removed}"], ct);
        var set = (await facts.CommitAsync("digits@master", ct)).Commit.Id;

        var (run, steps) = await TrainingAsync(stage, facts, set, ct);
        stage.Say($"The training {run} has logged {steps} steps of its loss. kill -9 {stage.Server.Doors.Pid}");
        await stage.Server.KillAsync(ct);
        var down = Stopwatch.StartNew();
        await stage.Server.StartAsync(ct);
        stage.Reconnect();
        stage.Say($"Started again on the same folder, ready after {down.Elapsed.TotalSeconds:F1} s.");

        var jobs = await facts.JobsAsync(set, ct);
        await stage.RunAsync(["list", "job", set], ct);
        MakePipelines.CheckSuccess(jobs["train"], 1);
        CheckFeatures(jobs["features"]);
        await CheckNothingDoubledAsync(stage, facts, before, run, ct);
    }

    /// <summary>Waits until the training of the set is well under way.</summary>
    private static async Task<(string Run, int Steps)> TrainingAsync(
        Stage stage,
        Facts facts,
        string set,
        CancellationToken ct
    )
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < patience; )
        {
            if (
                await facts.StepRunAsync(set, "train", ct) is { } run
                && (await facts.LossStepsAsync(run, ct)).Count is >= EnoughSteps and var steps
            )
            {
                return (run, steps);
            }

            await Task.Delay(look, stage.Clock, ct);
        }

        throw new Failure(
            $"the demo is not as told: the training of {set} logged too little within {patience.TotalSeconds} s"
        );
    }

    private static void CheckFeatures(JobInfo features)
    {
        Stage.Check(features.State == JobState.JobSuccess, $"features ended as {features.State}: {features.Reason}");
        Stage.Check(
            features is { DataTotal: PutImages.Files - 1, DataProcessed: 0 },
            $"features processed {features.DataProcessed} of {features.DataTotal} datums; nothing had changed for the other files"
        );
    }

    private static async Task CheckNothingDoubledAsync(
        Stage stage,
        Facts facts,
        Count before,
        string run,
        CancellationToken ct
    )
    {
        var after = await CountAsync(facts, ct);
        Stage.Check(after.Models == before.Models + 1, $"{after.Models} model versions, there were {before.Models}");
        Stage.Check(after.Commits == before.Commits + 3, $"{after.Commits} commits, there were {before.Commits}");
        var steps = await facts.LossStepsAsync(run, ct);
        Stage.Check(
            steps.Count > 0 && steps.Order().SequenceEqual(Enumerable.Range(0, steps.Count).Select(step => (long)step)),
            $"the loss has {steps.Count} points for {steps.Distinct().Count()} steps up to {steps.DefaultIfEmpty().Max()}"
        );
        stage.Say(
            $"The loss has {steps.Count} points, each step once, although the first attempt had logged some of them."
        );
        stage.Say(
            $"One commit more in each repo ({after.Commits} in all), one model version more ({after.Models}): nothing lost, nothing doubled."
        );
        stage.Say($"Accuracy of the newest model: {await facts.AccuracyAsync(run, ct):P2}.");
    }

    private static async Task<Count> CountAsync(Facts facts, CancellationToken ct)
    {
        var commits = 0;
        foreach (var repo in new[] { "digits", "features", "train" })
        {
            commits += await facts.CommitsOfAsync(repo, ct);
        }

        return new(commits, (await facts.ModelsAsync(ct)).Count);
    }

    private sealed record Count(int Commits, int Models);
}
