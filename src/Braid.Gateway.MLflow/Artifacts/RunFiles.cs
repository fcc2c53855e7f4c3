using Braid.Access.Callers;
using Braid.Gateway.MLflow.Experiments;
using Braid.Gateway.MLflow.Runs;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Runs;

namespace Braid.Gateway.MLflow.Artifacts;

/// <summary>Files that others than MLflow's clients put where those look for a run's artifacts.</summary>
public sealed class RunFiles(
    Tracking.Runs.Runs runs,
    Tracking.Projects.Projects projects,
    Tracking.Artifacts.Artifacts files
)
{
    /// <summary>Keeps what the stream gives until its end, in place of what was there.</summary>
    /// <param name="path">Below the run's artifacts.</param>
    /// <returns>Its size in bytes.</returns>
    public async Task<Result<long>> PutAsync(Caller caller, RunId id, string path, Stream content, CancellationToken ct)
    {
        var found = await runs.GetAsync(caller, id, RunParts.None, ct);
        if (!found.TryGet(out var run, out var error))
        {
            return error;
        }

        if (!(await projects.GetAsync(caller, run.ProjectId, ct)).TryGet(out var project, out error))
        {
            return error;
        }

        var root = RunView.ArtifactUriOf(ExperimentJson.LocationOf(project), id);
        if (ArtifactPath.OfUri(root) is not { } folder)
        {
            return Errors.NotOffered($"'{root}' lies outside of this server's artifact store: write it there.");
        }

        var read = ArtifactPath.Read(path);
        var put = read.IsOk
            ? await files.PutAsync(
                caller,
                ArtifactSpaces.MLflow,
                ArtifactPath.Join(folder, read.Value),
                content,
                id,
                ct
            )
            : read.Error;
        return put.Select(file => file.Size);
    }
}
