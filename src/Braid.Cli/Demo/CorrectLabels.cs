using Braid.Cli.CommandLine;
using Braid.Cli.Runs;
using Braid.Protos.Pps;

namespace Braid.Cli.Demo;

/// <summary>Three files change: three datums run again, and the model gets better.</summary>
internal static class CorrectLabels
{
    private const int Corrected = 3;

    /// <param name="stage">Where it is told.</param>
    /// <param name="facts">What the server says.</param>
    /// <param name="before">The ID of the first training's job.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task TellAsync(Stage stage, Facts facts, string before, CancellationToken ct)
    {
        stage.Title("d. Three files had wrong labels: a second commit corrects them");
        var first = (await facts.CommitAsync("digits@master", ct)).Commit.Id;
        await stage.RunAsync(
            ["put", "file", "-r", "digits@master:/", "-f", Path.Combine(PutImages.Folder, "corrections")],
            ct
        );
        var set = (await facts.CommitAsync("digits@master", ct)).Commit.Id;
        var jobs = await facts.JobsAsync(set, ct);
        MakePipelines.CheckSuccess(jobs["features"], Corrected);
        MakePipelines.CheckSuccess(jobs["train"], 1);
        await stage.RunAsync(["list", "job", set], ct);

        await TellVerdictsAsync(stage, facts, set, ct);
        await TellFamilyAsync(stage, set, ct);
        await CompareAsync(stage, facts, before, ct);
        await stage.RunAsync(["diff", "file", $"digits@{set}:/", $"digits@{first}:/"], ct);
    }

    private static async Task TellVerdictsAsync(Stage stage, Facts facts, string set, CancellationToken ct)
    {
        var datums = await facts.DatumsAsync($"features@{set}", ct);
        stage.Say("Why each datum of features ran or was skipped:");
        foreach (var verdict in datums.GroupBy(datum => (datum.State, datum.Reason)).OrderBy(group => group.Count()))
        {
            stage.Say(
                $"  {verdict.Count(), 3} x {verdict.Key.State.ToString().ToLowerInvariant(), -8} {verdict.Key.Reason}"
            );
        }

        var ran = datums.Where(datum => datum.State == DatumState.Success).SelectMany(datum => datum.Data);
        stage.Say($"  ran: {string.Join(", ", ran.Select(file => file.File.Path).Order(StringComparer.Ordinal))}");
        var skipped = datums.Where(datum => datum.State == DatumState.Skipped).ToList();
        Stage.Check(datums.Count == PutImages.Files, $"the job lists {datums.Count} datums, not {PutImages.Files}");
        Stage.Check(skipped.Count == PutImages.Files - Corrected, $"{skipped.Count} datums were skipped");
        Stage.Check(skipped.TrueForAll(datum => datum.Reason.Length > 0), "a datum was skipped without a reason");
    }

    /// <summary>With two pipelines in the set, its run is the parent of theirs.</summary>
    private static async Task TellFamilyAsync(Stage stage, string set, CancellationToken ct)
    {
        await stage.RunAsync(["inspect", "run", set], ct);
        var views = await new RunViews(stage.Pach, stage.ClearML, stage.MLflow).OfAsync(set, ct);
        Stage.Check(
            views.Where(view => view.Id == set).Select(view => view.Protocol).Distinct().Count() == 3,
            $"not every protocol knows the commit set {set}"
        );
    }

    private static async Task CompareAsync(Stage stage, Facts facts, string before, CancellationToken ct)
    {
        var newest =
            (await facts.ModelsAsync(ct)).FirstOrDefault() ?? throw new Failure("the demo is not as told: no model");
        Stage.Check(newest.Version == 2, $"the newest model is version {newest.Version}, not 2");
        var (old, now) = (await facts.AccuracyAsync(before, ct), await facts.AccuracyAsync(newest.RunId, ct));
        Stage.Check(now > old, $"the corrected data gave {now:P2}, not more than {old:P2}");
        stage.Say($"Accuracy: version 1 {old:P2} (run {before}), version 2 {now:P2} (run {newest.RunId}).");
        stage.Say("What differs between their data, the newer side with a plus:");
    }
}
