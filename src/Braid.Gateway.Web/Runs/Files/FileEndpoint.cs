using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Runs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs.Files;

/// <summary>
/// <c>GET /api/runs/ID/files/PATH</c> and <c>GET /api/runs/ID/artifacts/KEY</c> (of an artifact that the run names): the bytes,
/// as <see cref="FileAnswer"/> sends them.
/// </summary>
internal sealed class FileEndpoint(WebRooms rooms, BrowserSession session)
{
    public Task FileAsync(HttpContext context) =>
        SendAsync(context, (caller, run, ct) => OpenFileAsync(caller, run, Rest(context, "path"), ct));

    public Task ArtifactAsync(HttpContext context) =>
        SendAsync(context, (caller, run, ct) => OpenArtifactAsync(caller, run, Rest(context, "key"), ct));

    /// <summary><c>GET /api/runs/ID/stored?uri=</c>: a file that an event of the run names by its address.</summary>
    public Task StoredAsync(HttpContext context) =>
        SendAsync(
            context,
            (caller, run, ct) => OpenStoredAsync(caller, run, context.Request.Query["uri"].ToString(), ct)
        );

    private async Task SendAsync(
        HttpContext context,
        Func<Caller, RunId, CancellationToken, Task<Result<OpenFile>>> open
    )
    {
        var caller = await session.FindCallerAsync(context);
        var id = Answer.RunOf(context);
        Result<OpenFile> file =
            !caller.IsOk ? caller.Error
            : !id.IsOk ? id.Error
            : await open(caller.Value, id.Value, context.RequestAborted);
        await StoredFileAnswer.SendAsync(context, file);
    }

    private async Task<Result<OpenFile>> OpenFileAsync(Caller caller, RunId id, string path, CancellationToken ct)
    {
        var folder = await RunFiles.FolderAsync(rooms, caller, id, ct);
        return !folder.IsOk ? folder.Error
            : folder.Value is { } place ? await RunFiles.OpenAsync(rooms, caller, place, path, ct)
            : StoredFileAnswer.NoSuchFile(path);
    }

    private async Task<Result<OpenFile>> OpenArtifactAsync(Caller caller, RunId id, string key, CancellationToken ct)
    {
        var run = await rooms.Runs.GetAsync(caller, id, RunParts.Artifacts, ct);
        return !run.IsOk ? run.Error
            : run.Value.Artifacts.FirstOrDefault(one => one.Key == key) is { } artifact
                ? await rooms.Artifacts.OpenAddressAsync(caller, artifact.Uri, ct)
            : StoredFileAnswer.NoSuchFile(key);
    }

    private async Task<Result<OpenFile>> OpenStoredAsync(Caller caller, RunId id, string uri, CancellationToken ct)
    {
        var run = await rooms.Runs.StatusAsync(caller, id, ct);
        return run.IsOk ? await rooms.Artifacts.OpenAddressAsync(caller, uri, ct) : run.Error;
    }

    private static string Rest(HttpContext context, string name) => (string?)context.Request.RouteValues[name] ?? "";
}
