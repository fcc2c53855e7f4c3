using System.Text.Json.Nodes;
using Braid.Cli.MLflowImports.Artifacts;
using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports;

/// <summary>The experiment here that an imported one becomes.</summary>
/// <param name="Id">Its id here.</param>
/// <param name="WasDeleted">It is in the trash here.</param>
/// <param name="TakesFiles">Files come along; else they stay in a store of the clients' own.</param>
internal sealed record ExperimentPlace(string Id, bool WasDeleted, bool TakesFiles);

/// <summary>Finds experiments by their names, makes the missing ones, and deletes those that are deleted over there.</summary>
internal sealed class ExperimentImport(MLflowSource source, ImportTarget target, ImportReport report)
{
    private const string api = "/api/2.0/mlflow/experiments";

    /// <summary>Null, and told, when it cannot be made.</summary>
    public async Task<ExperimentPlace?> EnsureAsync(SourceExperiment experiment, CancellationToken ct)
    {
        try
        {
            var place = await FindAsync(experiment.Name, ct);
            report.Experiments.Add(1, isNew: place is null);
            place ??= await CreateAsync(experiment, ct);
            if (place.Id != experiment.Id)
            {
                report.Tell($"experiment '{experiment.Name}' was {experiment.Id} and is {place.Id} here");
            }

            await SetTagsAsync(experiment, place, ct);
            return place;
        }
        catch (Refused refusal)
        {
            report.Fail($"experiment '{experiment.Name}' with all of its runs", refusal.Message);
            return null;
        }
    }

    /// <summary>Deletes it here when it is deleted over there.</summary>
    public async Task FinishAsync(SourceExperiment experiment, ExperimentPlace place, CancellationToken ct)
    {
        if (experiment.IsDeleted && !place.WasDeleted)
        {
            try
            {
                await target.PostAsync($"{api}/delete", new JsonObject { ["experiment_id"] = place.Id }, ct);
            }
            catch (Refused refusal)
            {
                report.Fail($"that experiment '{experiment.Name}' is deleted", refusal.Message);
            }
        }
    }

    private async Task<ExperimentPlace?> FindAsync(string name, CancellationToken ct)
    {
        var found = await target.GetAsync($"{api}/get-by-name?experiment_name={Uri.EscapeDataString(name)}", ct);
        return found?.Object("experiment") is { } here
            ? new(here.Text("experiment_id"), here.Text("lifecycle_stage") == "deleted", TakesFiles(here))
            : null;
    }

    private async Task<ExperimentPlace> CreateAsync(SourceExperiment experiment, CancellationToken ct)
    {
        var body = new JsonObject { ["name"] = experiment.Name };
        if (!source.Reaches(experiment.Location))
        {
            body["artifact_location"] = experiment.Location;
            report.Tell(
                $"experiment '{experiment.Name}': its artifacts stay in {experiment.Location}, where clients read and write them"
            );
        }

        var made = await target.PostAsync($"{api}/create", body, ct);
        return new(made.Text("experiment_id"), WasDeleted: false, TakesFiles: source.Reaches(experiment.Location));
    }

    private async Task SetTagsAsync(SourceExperiment experiment, ExperimentPlace place, CancellationToken ct)
    {
        foreach (var tag in place.WasDeleted ? [] : experiment.Tags)
        {
            var body = new JsonObject
            {
                ["experiment_id"] = place.Id,
                ["key"] = tag.Key,
                ["value"] = tag.Value,
            };
            await target.PostAsync($"{api}/set-experiment-tag", body, ct);
        }
    }

    private static bool TakesFiles(JsonObject experiment) =>
        experiment.Text("artifact_location").StartsWith(FileImport.Proxied, StringComparison.Ordinal);
}
