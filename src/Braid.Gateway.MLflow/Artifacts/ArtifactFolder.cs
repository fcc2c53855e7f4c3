using System.Text.Json;
using Braid.Gateway.MLflow.LoggedModels;
using Braid.Gateway.MLflow.Runs;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Artifacts;

namespace Braid.Gateway.MLflow.Artifacts;

/// <summary>Lists folders of artifacts: of the proxy's whole tree, of a run, of a logged model.</summary>
internal static class ArtifactFolder
{
    /// <summary>Paths in the answer are bare names.</summary>
    public static async Task<Result<Answer>> ListProxyAsync(Call call, CancellationToken ct)
    {
        var path = ArtifactPath.Read(call.Fields.Text("path"));
        if (!path.IsOk)
        {
            return path.Error;
        }

        var files = await ListAsync(call, path.Value, ct);
        return files.Select<Answer>(found =>
            json => json.List("files", found, (item, file) => Write(item, file, file.Name))
        );
    }

    /// <summary>Paths in the answer are relative to the run's root.</summary>
    public static async Task<Result<Answer>> ListRunAsync(Call call, CancellationToken ct)
    {
        var id = call.Fields.RequiredRun();
        var path = ArtifactPath.Read(call.Fields.Text("path"));
        if ((call.Fields.Problem ?? path.Error) is { } problem)
        {
            return problem;
        }

        var run = await call.RunViewAsync(id, ct);
        return run.IsOk ? await ListBelowAsync(call, run.Value.ArtifactUri, path.Value, ct) : run.Error;
    }

    /// <summary>Paths in the answer are relative to the model's root.</summary>
    public static async Task<Result<Answer>> ListModelAsync(Call call, CancellationToken ct)
    {
        var path = ArtifactPath.Read(call.Fields.Text("artifact_directory_path"));
        var model = await call.LoggedModelAsync(ct);
        return (path.Error ?? model.Error) is { } problem
            ? problem
            : await ListBelowAsync(call, model.Value.Uri, path.Value, ct);
    }

    private static async Task<Result<Answer>> ListBelowAsync(Call call, string root, string path, CancellationToken ct)
    {
        if (ArtifactPath.OfUri(root) is not { } folder)
        {
            return Errors.NotOffered(
                $"Listing '{root}', which lies outside of this server's artifact store, is its owner's business: list it there."
            );
        }

        var files = await ListAsync(call, ArtifactPath.Join(folder, path), ct);
        return files.Select<Answer>(found =>
            json =>
            {
                json.WriteString("root_uri", root);
                json.List("files", found, (item, file) => Write(item, file, ArtifactPath.Join(path, file.Name)));
            }
        );
    }

    private static Task<Result<IReadOnlyList<StoredFile>>> ListAsync(Call call, string folder, CancellationToken ct) =>
        call.Rooms.Artifacts.ListAsync(call.Caller, ArtifactSpaces.MLflow, folder, ct);

    private static void Write(Utf8JsonWriter json, StoredFile file, string path)
    {
        json.WriteString("path", path);
        json.WriteBoolean("is_dir", file.IsFolder);
        json.Integer("file_size", file.IsFolder ? null : file.Size);
    }
}
