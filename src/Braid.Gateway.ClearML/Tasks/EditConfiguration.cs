using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary>A task's configuration objects, by name: <c>tasks.get_configurations</c>, <c>edit_configuration</c> and the like.</summary>
internal static class EditConfiguration
{
    private static readonly RunStatus[] open = [RunStatus.Created, RunStatus.Queued, RunStatus.InProgress];

    public static Task<Result<JsonObject>> GetAsync(ApiCall call, CancellationToken ct)
    {
        var names = call.Fields.Has("names") ? call.Fields.Names("names") : null;
        return AskAsync(
            call,
            "configuration",
            item => names is null || names.Contains(item.Key),
            item => item.Value?.DeepClone(),
            ct
        );
    }

    public static Task<Result<JsonObject>> NamesAsync(ApiCall call, CancellationToken ct)
    {
        var skipsEmpty = call.Fields.Flag("skip_empty") ?? true;
        return AskAsync(
            call,
            "names",
            item => !skipsEmpty || item.Value?["value"]?.ToString() is { Length: > 0 },
            item => item.Key,
            ct
        );
    }

    public static Task<Result<JsonObject>> EditAsync(ApiCall call, CancellationToken ct)
    {
        var items = call.Fields.Objects("configuration").Select(item => new Fields(item)).ToList();
        var names = items.ConvertAll(item => item.RequiredText("name"));
        if (items.Find(item => item.Problem is not null)?.Problem is { } missing)
        {
            call.Fields.Refuse(missing);
        }

        var replaces = call.Fields.Flag("replace_configuration") == true;
        return ChangeAsync(
            call,
            "updated",
            stored =>
            {
                if (replaces)
                {
                    stored.Clear();
                }

                foreach (var (name, item) in names.Zip(items))
                {
                    stored[name] = item.Json.DeepClone();
                }
            },
            ct
        );
    }

    public static Task<Result<JsonObject>> DeleteAsync(ApiCall call, CancellationToken ct)
    {
        var names = call.Fields.Names("configuration");
        return ChangeAsync(
            call,
            "deleted",
            stored =>
            {
                foreach (var name in names)
                {
                    stored.Remove(name);
                }
            },
            ct
        );
    }

    private static async Task<Result<JsonObject>> AskAsync(
        ApiCall call,
        string what,
        Func<KeyValuePair<string, JsonNode?>, bool> isAsked,
        Func<KeyValuePair<string, JsonNode?>, JsonNode?> show,
        CancellationToken ct
    )
    {
        var ids = call.Fields.Tasks("tasks");
        if (ids is null)
        {
            call.Fields.Refuse(Errors.MissingField("tasks"));
        }

        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Runs.GetManyAsync(call.Caller, ids ?? [], RunParts.None, ct);
        return found.Select(runs => new JsonObject
        {
            ["configurations"] = new JsonArray([
                .. runs.Select(run => new JsonObject
                {
                    ["task"] = run.Id.ToString(),
                    [what] = new JsonArray([
                        .. Documents
                            .ParseObject(run.Documents.Configuration)
                            .Where(isAsked)
                            .OrderBy(item => item.Key, StringComparer.Ordinal)
                            .Select(show),
                    ]),
                }),
            ]),
        });
    }

    /// <summary>Of a draft; with force, of a task that waits or runs, too.</summary>
    private static async Task<Result<JsonObject>> ChangeAsync(
        ApiCall call,
        string counted,
        Action<JsonObject> change,
        CancellationToken ct
    )
    {
        var id = call.Fields.Task();
        var isForced = call.Fields.Flag("force") == true;
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var changed = await call.Rooms.Runs.ChangeAsync(
            call.Caller,
            id,
            run =>
            {
                if (run.Status != RunStatus.Created && !(isForced && open.Contains(run.Status)))
                {
                    return Errors.NotADraft(run.Status.ToText());
                }

                var stored = Documents.ParseObject(run.Documents.Configuration);
                change(stored);
                return new RunChange { Documents = new() { Configuration = stored.ToJsonString() } };
            },
            ct
        );
        return changed.Select(_ => new JsonObject { [counted] = 1 });
    }
}
