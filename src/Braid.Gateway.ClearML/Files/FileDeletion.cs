using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.ClearML.Files;

/// <summary><c>DELETE /path</c>, and <c>POST /delete_many</c> for several files and folders at once.</summary>
internal static class FileDeletion
{
    public static async Task<Error?> OneAsync(HttpContext http, ClearMLRooms rooms, Caller caller)
    {
        var path = FilePath.Of(http.Request);
        var deleted = await DeleteAsync(rooms, caller, path, http.RequestAborted);
        if (deleted is null)
        {
            await ReplyAsync(http, JsonValue.Create(path));
        }

        return deleted;
    }

    public static async Task<Error?> ManyAsync(HttpContext http, ClearMLRooms rooms, Caller caller)
    {
        var body = await RequestBody.ReadObjectAsync(http.Request, http.RequestAborted);
        if (!body.TryGet(out var json, out var error))
        {
            return error;
        }

        var fields = new Fields(json);
        var deleted = new JsonObject();
        var errors = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var file in fields.Names("files").Distinct(StringComparer.Ordinal))
        {
            var path = FilePath.Trim(Uri.UnescapeDataString(file));
            if (await DeleteAsync(rooms, caller, path, http.RequestAborted) is { } refused)
            {
                errors.TryAdd(refused.Message, []);
                errors[refused.Message].Add(file);
            }
            else
            {
                deleted.Add(file, path);
            }
        }

        if (fields.Problem is null)
        {
            await ReplyAsync(http, new JsonObject { ["deleted"] = deleted, ["errors"] = ByMessage(errors) });
        }

        return fields.Problem;
    }

    /// <summary>
    /// The whole tree cannot be deleted by an empty path. What lies in a task's folder went with the task or the model, which
    /// clients delete first: that it is not there is what they ask for.
    /// </summary>
    private static async Task<Error?> DeleteAsync(ClearMLRooms rooms, Caller caller, string path, CancellationToken ct)
    {
        if (path.Length == 0)
        {
            return Errors.BadRequest("an empty path: name a file or folder to delete");
        }

        var deleted = await rooms.Artifacts.DeleteAsync(caller, ArtifactSpaces.Files, path, ct);
        var isMissing = deleted is { IsOk: true, Value: 0 } || deleted.Error?.Kind == ErrorKind.NotFound;
        return isMissing && FilePath.TaskOf(path) is not null ? null
            : isMissing ? Errors.NoSuchFile(path)
            : deleted.Error;
    }

    private static JsonObject ByMessage(Dictionary<string, List<string>> errors) =>
        new(
            errors.Select(error =>
                KeyValuePair.Create(
                    error.Key,
                    (JsonNode?)new JsonArray([.. error.Value.Select(file => (JsonNode)file)])
                )
            )
        );

    private static Task ReplyAsync(HttpContext http, JsonNode reply)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(reply.ToJsonString(), http.RequestAborted);
    }
}
