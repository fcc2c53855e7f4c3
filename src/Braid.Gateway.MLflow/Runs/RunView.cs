using Braid.Gateway.MLflow.Experiments;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Inputs;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>Everything that the protocol shows of one run.</summary>
internal sealed record RunView(Run Run, string ExperimentLocation)
{
    /// <summary>What to read of a run to show it.</summary>
    public const RunParts Parts = RunParts.Parameters | RunParts.Tags | RunParts.Metrics | RunParts.Models;

    /// <summary>The commits that the run read.</summary>
    public IReadOnlyList<RunInput> Commits { get; init; } = [];

    /// <summary>The datasets that its program named.</summary>
    public IReadOnlyList<DatasetInput> Datasets { get; init; } = [];

    public string ArtifactUri => ArtifactUriOf(ExperimentLocation, Run.Id);

    /// <summary>Shows runs that were read with <see cref="Parts"/>; their order stays.</summary>
    public static async Task<Result<IReadOnlyList<RunView>>> OfAsync(
        Call call,
        IReadOnlyList<Run> runs,
        IReadOnlyList<Project> projects,
        CancellationToken ct
    )
    {
        var datasets = await call.Rooms.Inputs.DatasetsAsync(call.Caller, [.. runs.Select(run => run.Id)], ct);
        if (!datasets.IsOk)
        {
            return datasets.Error;
        }

        var named = datasets.Value.ToLookup(input => input.Run);
        var locations = projects.ToDictionary(project => project.Id, ExperimentJson.LocationOf);
        var views = new List<RunView>();
        foreach (var run in runs)
        {
            var commits = await CommitsAsync(call, run, ct);
            if (!commits.IsOk)
            {
                return commits.Error;
            }

            views.Add(new(run, locations[run.ProjectId]) { Commits = commits.Value, Datasets = [.. named[run.Id]] });
        }

        return views;
    }

    /// <summary>Shows one run that was read with <see cref="Parts"/>.</summary>
    public static async Task<Result<RunView>> OfAsync(Call call, Run run, CancellationToken ct)
    {
        var project = await call.Rooms.Projects.GetAsync(call.Caller, run.ProjectId, ct);
        return project.IsOk
            ? (await OfAsync(call, [run], [project.Value], ct)).Select(views => views[0])
            : project.Error;
    }

    /// <summary>Below the experiment's location; a query of the location's URI stays at the end.</summary>
    public static string ArtifactUriOf(string experimentLocation, RunId run)
    {
        var query = experimentLocation.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? experimentLocation : experimentLocation[..query];
        var rest = query < 0 ? "" : experimentLocation[query..];
        return $"{path}/{run}/artifacts{rest}";
    }

    /// <summary>Only jobs' runs read commits.</summary>
    private static async Task<Result<IReadOnlyList<RunInput>>> CommitsAsync(Call call, Run run, CancellationToken ct) =>
        run.Owner == RunOwner.Job
            ? await call.Rooms.Inputs.OfRunAsync(call.Caller, run.Id, ct)
            : Array.Empty<RunInput>();
}
