using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Routing;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary>
/// Tasks as old contracts have them. Before 2.13: one input model in <c>execution</c>, one output model in <c>output</c>, the
/// container as a command. Before 2.9, too: parameters by name in <c>execution.parameters</c>, texts in
/// <c>execution.model_desc</c>; those that came so have the type <c>legacy</c>, and only they are shown so.
/// </summary>
internal static class OldTasks
{
    private const string legacy = "legacy";
    private const string section = "Args";
    private const string inputModel = "Input Model";

    private static readonly ApiVersion linked = new(2, 13);
    private static readonly ApiVersion sectioned = new(2, 9);

    /// <summary>True for contracts that have everything where it is today.</summary>
    public static bool IsToday(ApiVersion version) => version.CompareTo(linked) >= 0;

    /// <summary>Adds to a whole task what the contract has in other places.</summary>
    public static JsonObject Show(JsonObject task, ApiVersion version)
    {
        if (IsToday(version))
        {
            return task;
        }

        var execution = task["execution"]!.AsObject();
        var models = task["models"]!.AsObject();
        Set(execution, "model", models["input"]!.AsArray().FirstOrDefault()?["model"]);
        Set(task["output"]!.AsObject(), "model", models["output"]!.AsArray().LastOrDefault()?["model"]);
        var container = new Fields(task["container"]!.AsObject());
        Set(execution, "docker_cmd", $"{container.Text("image")} {container.Text("arguments")}".Trim());
        if (version.CompareTo(sectioned) < 0)
        {
            ShowLegacy(task, execution);
        }

        return task;
    }

    /// <summary>Puts what a request has in the contract's places into those of today.</summary>
    public static void Rewrite(JsonObject request, ApiVersion version)
    {
        if (IsToday(version) || request["execution"] is not JsonObject execution)
        {
            return;
        }

        if (Take(execution, "model") is { } model)
        {
            var link = new JsonObject { ["name"] = inputModel, ["model"] = model };
            Inside(request, "models")["input"] = new JsonArray(link);
        }

        if (Take(execution, "docker_cmd") is { } command)
        {
            var (image, arguments) = command.Split(' ', 2) is [var first, var rest] ? (first, rest) : (command, "");
            var container = Inside(request, "container");
            (container["image"], container["arguments"]) = (image, arguments);
        }

        if (version.CompareTo(sectioned) < 0)
        {
            RewriteLegacy(request, execution);
        }
    }

    private static void ShowLegacy(JsonObject task, JsonObject execution)
    {
        var parameters = Inside(execution, "parameters");
        foreach (var (name, content) in task["hyperparams"]!.AsObject())
        {
            foreach (var (key, item) in content!.AsObject())
            {
                ShowLegacy(parameters, name == section ? key : $"{name}/{key}", item);
            }
        }

        var texts = Inside(execution, "model_desc");
        foreach (var (name, item) in task["configuration"]!.AsObject())
        {
            ShowLegacy(texts, name, item);
        }
    }

    private static void ShowLegacy(JsonObject into, string name, JsonNode? item)
    {
        if (item is JsonObject one && new Fields(one).Text("type") == legacy)
        {
            into[name] = one["value"]?.DeepClone();
        }
    }

    private static void RewriteLegacy(JsonObject request, JsonObject execution)
    {
        Move(execution, "parameters", () => Inside(Inside(request, "hyperparams"), section));
        Move(execution, "model_desc", () => Inside(request, "configuration"));
    }

    private static void Move(JsonObject execution, string name, Func<JsonObject> into)
    {
        foreach (var (key, value) in execution[name] as JsonObject ?? [])
        {
            var text = value is JsonValue scalar ? Fields.AsText(scalar) : value?.ToJsonString();
            into()[key] = new JsonObject
            {
                ["name"] = key,
                ["value"] = text,
                ["type"] = legacy,
            };
        }

        execution.Remove(name);
    }

    /// <summary>The text, which is taken out; null when there is none to speak of.</summary>
    private static string? Take(JsonObject from, string name)
    {
        var text = from[name] is JsonValue value ? Fields.AsText(value) : "";
        from.Remove(name);
        return text.Length > 0 ? text : null;
    }

    private static void Set(JsonObject document, string name, JsonNode? value)
    {
        if (value is not null)
        {
            document[name] = value.DeepClone();
        }
    }

    private static JsonObject Inside(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child)
        {
            parent[name] = child = [];
        }

        return child;
    }
}
