using System.Text.Json.Nodes;
using Braid.Cli.Connection.Tracking;

namespace Braid.Cli.OfflineSessions;

/// <summary>
/// What earlier calls made of a session. A task's runtime says which session it was made of, from its first moment, and, until
/// all of the session is in it, that it is unfinished.
/// </summary>
internal sealed class EarlierImports(ClearMLClient clearml)
{
    public const string SessionKey = "offline_session";
    public const string UnfinishedKey = "offline_import_unfinished";

    /// <summary>The task that holds all of the session; null when there is none. Interrupted imports are removed.</summary>
    public async Task<string?> FindAsync(string session, CancellationToken ct)
    {
        var query = new JsonObject
        {
            [$"runtime.{SessionKey}"] = new JsonArray(session),
            ["only_fields"] = new JsonArray("id", "status", "runtime"),
            ["search_hidden"] = true,
        };
        var tasks = (await clearml.CallAsync("tasks.get_all", query, ct))["tasks"] as JsonArray ?? [];
        string? whole = null;
        foreach (var task in tasks.OfType<JsonObject>().Where(task => IsOf(task, session)))
        {
            var id = task["id"]!.GetValue<string>(); // what is listed has an id
            if (IsUnfinished(task))
            {
                await RemoveAsync(id, ct);
            }
            else
            {
                whole ??= id;
            }
        }

        return whole;
    }

    private static bool IsOf(JsonObject task, string session) => task["runtime"]?[SessionKey]?.ToString() == session;

    private static bool IsUnfinished(JsonObject task) =>
        task["runtime"]?[UnfinishedKey] is not null && task["status"]?.ToString() is not ("completed" or "published");

    private Task<JsonObject> RemoveAsync(string id, CancellationToken ct) =>
        clearml.CallAsync("tasks.delete", new() { ["task"] = id, ["force"] = true }, ct);
}
