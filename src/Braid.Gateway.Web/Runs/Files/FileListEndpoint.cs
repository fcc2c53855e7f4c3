using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Runs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs.Files;

/// <summary><c>GET /api/runs/ID/files?path=</c>: the files in a folder of a run, and at its top the artifacts that it names.</summary>
internal sealed class FileListEndpoint(WebRooms rooms, BrowserSession session)
{
    public Task AnswerAsync(HttpContext context) =>
        new CallerAnswer(session).SendAsync(
            context,
            (caller, run, ct) => ReadAsync(caller, run, context.Request.Query["path"].ToString().Trim('/'), ct)
        );

    private async Task<Result<JsonObject>> ReadAsync(Caller caller, RunId id, string path, CancellationToken ct)
    {
        var folder = await RunFiles.FolderAsync(rooms, caller, id, ct);
        var run = folder.IsOk ? await rooms.Runs.GetAsync(caller, id, RunParts.Artifacts, ct) : folder.Error;
        if (!run.IsOk)
        {
            return run.Error;
        }

        var files = folder.Value is { } place
            ? await rooms.Artifacts.ListAsync(caller, ArtifactSpaces.MLflow, $"{place}/{path}".TrimEnd('/'), ct)
            : Array.Empty<StoredFile>();
        return files.Select(found => new JsonObject
        {
            ["files"] = Answer.List(found, file => Write(file, path)),
            ["artifacts"] = path.Length == 0 ? Answer.List(run.Value.Artifacts, Write) : new JsonArray(),
        });
    }

    public static JsonObject Write(StoredFile file, string folder) =>
        new()
        {
            ["name"] = file.Name,
            ["path"] = folder.Length == 0 ? file.Name : $"{folder}/{file.Name}",
            ["isFolder"] = file.IsFolder,
            ["size"] = file.Size,
            ["modified"] = file.Modified,
        };

    private static JsonObject Write(RunArtifact artifact) =>
        new()
        {
            ["key"] = artifact.Key,
            ["mode"] = artifact.Mode,
            ["type"] = artifact.Type,
            ["uri"] = artifact.Uri,
            ["size"] = artifact.ContentSize,
            ["hash"] = artifact.Hash,
        };
}
