using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Queues;

namespace Braid.Gateway.ClearML.Queues;

/// <summary><c>queues.create</c>, <c>update</c>, <c>delete</c>, and what is kept with a queue (<c>..._metadata</c>).</summary>
internal static class EditQueue
{
    private const int shortestName = 3;

    private static readonly string[] changeable = ["name", "display_name", "tags", "system_tags", "metadata"];

    public static async Task<Result<JsonObject>> CreateAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var queue = new NewQueue(Name(fields, fields.RequiredText("name")))
        {
            DisplayName = fields.Text("display_name") ?? "",
            Labels = fields.Names("tags"),
            SystemLabels = fields.Names("system_tags"),
            Metadata = (fields.Object("metadata") ?? []).ToJsonString(),
        };
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var made = await call.Rooms.Queues.CreateAsync(call.Caller, queue, ct);
        return made.Select(found => new JsonObject { ["id"] = found.Id.ToString() });
    }

    public static async Task<Result<JsonObject>> UpdateAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Queue();
        var change = new QueueChange
        {
            Name = fields.Text("name") is { } name ? Name(fields, name) : null,
            DisplayName = fields.Text("display_name"),
            Labels = fields.Has("tags") ? fields.Names("tags") : null,
            SystemLabels = fields.Has("system_tags") ? fields.Names("system_tags") : null,
            Metadata = fields.Object("metadata")?.ToJsonString(),
        };
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var changed = await call.Rooms.Queues.UpdateAsync(call.Caller, id, change, ct);
        return changed.Select(_ => Documents.Updated(fields.Json, changeable));
    }

    public static async Task<Result<JsonObject>> DeleteAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.Queue();
        var isForced = call.Fields.Flag("force") == true;
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var gone = await call.Rooms.Queues.DeleteAsync(call.Caller, id, isForced, ct);
        return gone.Select(_ => new JsonObject { ["deleted"] = 1 });
    }

    public static Task<Result<JsonObject>> SetMetadataAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var items = fields.Objects("metadata").Select(item => new Fields(item)).ToList();
        var keys = items.ConvertAll(item => item.RequiredText("key"));
        items.ForEach(item =>
        {
            if (item.Problem is { } problem)
            {
                fields.Refuse(problem);
            }
        });
        var replaces = fields.Flag("replace_metadata") == true;
        return ChangeMetadataAsync(
            call,
            metadata =>
            {
                if (replaces)
                {
                    metadata.Clear();
                }

                foreach (var (key, item) in keys.Zip(items))
                {
                    metadata[key] = item.Json.DeepClone();
                }
            },
            ct
        );
    }

    public static Task<Result<JsonObject>> DeleteMetadataAsync(ApiCall call, CancellationToken ct)
    {
        var keys = call.Fields.Names("keys");
        return ChangeMetadataAsync(
            call,
            metadata =>
            {
                foreach (var key in keys)
                {
                    metadata.Remove(key);
                }
            },
            ct
        );
    }

    private static async Task<Result<JsonObject>> ChangeMetadataAsync(
        ApiCall call,
        Action<JsonObject> change,
        CancellationToken ct
    )
    {
        var id = call.Fields.Queue();
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var changed = await call.Rooms.Queues.ChangeAsync(
            call.Caller,
            id,
            queue =>
            {
                var metadata = Documents.ParseObject(queue.Metadata);
                change(metadata);
                return new() { Metadata = metadata.ToJsonString() };
            },
            ct
        );
        return changed.Select(_ => new JsonObject { ["updated"] = 1 });
    }

    private static string Name(Fields fields, string text)
    {
        var name = text.Trim();
        if (name.Length < shortestName)
        {
            fields.Refuse(Errors.InvalidField("name", $"at least {shortestName} characters"));
        }

        return name;
    }
}
