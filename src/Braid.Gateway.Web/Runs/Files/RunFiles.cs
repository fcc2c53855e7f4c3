using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;

namespace Braid.Gateway.Web.Runs.Files;

/// <summary>Where a run's files lie: below its project's location, as MLflow's clients write them, in a folder of the run's own.</summary>
internal static class RunFiles
{
    private const string scheme = "mlflow-artifacts:";

    /// <summary>The folder in MLflow's space; null when the project's files lie elsewhere.</summary>
    public static async Task<Result<string?>> FolderAsync(WebRooms rooms, Caller caller, RunId id, CancellationToken ct)
    {
        var run = await rooms.Runs.GetAsync(caller, id, RunParts.None, ct);
        var project = run.IsOk ? await rooms.Projects.GetAsync(caller, run.Value.ProjectId, ct) : run.Error;
        return project.Select(found => FolderOf(found, id));
    }

    public static Task<Result<OpenFile>> OpenAsync(
        WebRooms rooms,
        Caller caller,
        string folder,
        string path,
        CancellationToken ct
    ) => rooms.Artifacts.OpenAsync(caller, ArtifactSpaces.MLflow, $"{folder}/{path}", ct);

    private static string? FolderOf(Project project, RunId id)
    {
        var location = project.ArtifactLocation ?? $"{scheme}/{project.Number}";
        return location.StartsWith(scheme, StringComparison.Ordinal)
            ? $"{location[scheme.Length..].Trim('/')}/{id}/artifacts"
            : null;
    }
}
