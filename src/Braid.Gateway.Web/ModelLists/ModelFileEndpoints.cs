using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.Runs.Files;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.ModelLists;

/// <summary>
/// <c>GET /api/models/ID/files?path=</c>: what is in a folder of a model, which may be one file itself; <c>GET /api/models/ID/files/PATH</c>:
/// the bytes, isolated from our pages.
/// </summary>
internal sealed class ModelFileEndpoints(WebRooms rooms, BrowserSession session)
{
    private const string ofRun = "runs:/";

    public Task ListAsync(HttpContext context) =>
        new CallerAnswer(session).SendAsync(
            context,
            async (caller, ct) =>
            {
                var path = context.Request.Query["path"].ToString().Trim('/');
                var place = await PlaceAsync(context, caller, ct);
                return !place.TryGet(out var there, out var refused) ? refused
                    : there is null ? NothingHere()
                    : await ListAsync(caller, there, path, ct);
            }
        );

    public async Task FileAsync(HttpContext context)
    {
        var caller = await session.FindCallerAsync(context);
        var file = caller.IsOk ? await OpenAsync(context, caller.Value, context.RequestAborted) : caller.Error;
        await StoredFileAnswer.SendAsync(context, file);
    }

    private async Task<Result<OpenFile>> OpenAsync(HttpContext context, Caller caller, CancellationToken ct)
    {
        var path = (string?)context.Request.RouteValues["path"] ?? "";
        var place = await PlaceAsync(context, caller, ct);
        if (!place.TryGet(out var there, out var refused))
        {
            return refused;
        }

        if (there is null)
        {
            return StoredFileAnswer.NoSuchFile(path);
        }

        var at = await rooms.Artifacts.StatAsync(caller, there.Space, there.Path, ct);
        var whole = at is { IsOk: true, Value.IsFolder: false } ? there.Path : $"{there.Path}/{path}";
        return await rooms.Artifacts.OpenAsync(caller, there.Space, whole, ct);
    }

    private async Task<Result<JsonObject>> ListAsync(
        Caller caller,
        StoredPlace place,
        string path,
        CancellationToken ct
    )
    {
        var at = await rooms.Artifacts.StatAsync(caller, place.Space, place.Path, ct);
        if (at is { IsOk: true, Value.IsFolder: false })
        {
            return Write([at.Value], "");
        }

        var folder = $"{place.Path}/{path}".TrimEnd('/');
        var files = await rooms.Artifacts.ListAsync(caller, place.Space, folder, ct);
        return files.Select(found => Write(found, path));
    }

    /// <summary>Where the model's files lie; null when they are not stored here.</summary>
    private async Task<Result<StoredPlace?>> PlaceAsync(HttpContext context, Caller caller, CancellationToken ct)
    {
        var id = ModelEndpoint.IdOf(context);
        var model = id.IsOk ? await rooms.Models.GetAsync(caller, id.Value, ct) : id.Error;
        if (!model.TryGet(out var found, out var unknown))
        {
            return unknown;
        }

        return found.Uri.StartsWith(ofRun, StringComparison.Ordinal)
            ? await OfRunAsync(caller, found.Uri[ofRun.Length..], ct)
            : Artifacts.PlaceOf(found.Uri);
    }

    /// <summary><c>RUN/PATH</c>, as MLflow's clients name what a run logged.</summary>
    private async Task<Result<StoredPlace?>> OfRunAsync(Caller caller, string rest, CancellationToken ct)
    {
        var (run, path) = rest.Split('/', 2) is [var first, var more] ? (first, more) : (rest, "");
        if (!RunId.TryParse(run, out var id))
        {
            return (StoredPlace?)null;
        }

        var folder = await RunFiles.FolderAsync(rooms, caller, id, ct);
        return folder.Select(place =>
            place is null ? null : new StoredPlace(ArtifactSpaces.MLflow, $"{place}/{path}".TrimEnd('/'))
        );
    }

    private static JsonObject NothingHere() => new() { ["files"] = new JsonArray(), ["artifacts"] = new JsonArray() };

    private static JsonObject Write(IReadOnlyList<StoredFile> files, string folder) =>
        new()
        {
            ["files"] = Answer.List(files, file => FileListEndpoint.Write(file, folder)),
            ["artifacts"] = new JsonArray(),
        };
}
