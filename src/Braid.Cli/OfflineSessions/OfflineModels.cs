using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Tracking;

namespace Braid.Cli.OfflineSessions;

/// <summary>Makes the models that a session put out, with their weights, and links them to the task.</summary>
/// <param name="task">The task that is made.</param>
internal sealed class OfflineModels(
    ClearMLClient clearml,
    OfflineSession session,
    OfflineFiles files,
    OfflineTask recorded,
    string task,
    string? project
)
{
    /// <summary>The models' ids, by the ids that the session gave them. One with weights of several steps is one model.</summary>
    public async Task<IReadOnlyDictionary<string, string>> MakeAsync(CancellationToken ct)
    {
        var made = new Dictionary<string, string>();
        foreach (var model in recorded.OutputModels)
        {
            var sessionId = OfflineTask.Text(model, "id") ?? "";
            var (init, weights) = (model["init"] as JsonObject ?? [], model["weights"] as JsonObject ?? []);
            var body = await BodyAsync(init, weights, ct);
            if (made.TryGetValue(sessionId, out var known))
            {
                body["model"] = known;
                await clearml.CallAsync("models.edit", body, ct);
            }
            else
            {
                made[sessionId] = await CreateAsync(body, ct);
            }
        }

        return made;
    }

    private async Task<string> CreateAsync(JsonObject body, CancellationToken ct)
    {
        var name = body["name"]!.GetValue<string>(); // set by us
        var answer = await clearml.CallAsync("models.create", body, ct);
        var id = answer["id"]?.GetValue<string>() ?? throw new Failure("models.create gave no id");
        var link = new JsonObject
        {
            ["task"] = task,
            ["name"] = name,
            ["model"] = id,
            ["type"] = "output",
        };
        await clearml.CallAsync("tasks.add_or_update_model", link, ct);
        return id;
    }

    private async Task<JsonObject> BodyAsync(JsonObject init, JsonObject weights, CancellationToken ct)
    {
        var address = await WeightsAsync(weights, ct);
        var body = new JsonObject
        {
            ["task"] = task,
            ["uri"] = address,
            ["name"] = OfflineTask.Text(init, "name") is { Length: > 0 } name ? name : NameOf(address),
            ["framework"] = OfflineTask.Text(init, "framework") ?? "",
            ["comment"] = OfflineTask.Text(init, "comment") ?? "",
            ["tags"] = init["tags"] is JsonArray tags ? tags.DeepClone() : new JsonArray(),
            ["labels"] = init["label_enumeration"] is JsonObject labels ? labels.DeepClone() : new JsonObject(),
            ["design"] = new JsonObject { ["design"] = Design(init) },
        };
        if (project is not null)
        {
            body["project"] = project;
        }

        return body;
    }

    /// <summary>Where the weights are: on the file server, or where the session registered them.</summary>
    private async Task<string> WeightsAsync(JsonObject weights, CancellationToken ct)
    {
        if (OfflineTask.Text(weights, "register_uri") is { Length: > 0 } registered)
        {
            return registered;
        }

        var local = OfflineTask.Text(weights, "weights_filename") ?? "";
        var file = local[(local.LastIndexOfAny(['/', '\\']) + 1)..];
        var member =
            session.Find($"models/{file}")
            ?? throw new Failure(
                $"the session says that it holds the weights {local}, but they are not in the archive"
            );
        var target = OfflineTask.Text(weights, "target_filename") is { Length: > 0 } renamed ? renamed : file;
        var folder = $"{recorded.Name.Replace('/', '.')}.{task}";
        var path = recorded.Project.Length > 0 ? $"{recorded.Project}/{folder}" : folder;
        return await files.AddressOfAsync(member, $"{path}/models/{target}", ct);
    }

    private static string NameOf(string address) => Uri.UnescapeDataString(address[(address.LastIndexOf('/') + 1)..]);

    private static string Design(JsonObject init) =>
        OfflineTask.Text(init, "config_text") is { Length: > 0 } text ? text
        : init["config_dict"] is JsonObject { Count: > 0 } config ? config.ToJsonString()
        : "";
}
