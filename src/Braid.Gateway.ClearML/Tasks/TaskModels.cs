using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Models;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Tracking.Models;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary>A task's links to models: <c>{input:[{name,model,updated}], output:[..]}</c>.</summary>
internal static class TaskModels
{
    private static readonly (string Word, RunModelKind Kind)[] kinds =
    [
        ("input", RunModelKind.Input),
        ("output", RunModelKind.Output),
    ];

    public static JsonObject Of(IReadOnlyList<RunModel> models)
    {
        var result = new JsonObject();
        foreach (var (word, kind) in kinds)
        {
            result.Add(word, new JsonArray([.. models.Where(model => model.Kind == kind).Select(Item)]));
        }

        return result;
    }

    /// <summary>The links of each kind that the request mentions.</summary>
    public static IReadOnlyList<RunModel> Read(Fields fields, string name)
    {
        var models = new List<RunModel>();
        var byKind = new Fields(fields.Object(name) ?? []);
        foreach (var (word, kind) in kinds)
        {
            models.AddRange(byKind.Objects(word).Select(item => ReadItem(byKind, new(item), kind)));
        }

        if (byKind.Problem is { } problem)
        {
            fields.Refuse(problem);
        }

        return models;
    }

    public static IReadOnlyList<RunModel> ReadList(Fields fields, string name, RunModelKind kind) =>
        [.. fields.Objects(name).Select(item => ReadItem(fields, new(item), kind))];

    public static bool Mentions(JsonObject? models, RunModelKind kind) =>
        models?.ContainsKey(kinds.First(one => one.Kind == kind).Word) == true;

    public static RunModelKind ReadKind(Fields fields, string name)
    {
        var word = fields.RequiredText(name);
        var at = Array.FindIndex(kinds, one => one.Word == word);
        if (at < 0)
        {
            fields.Refuse(Errors.InvalidField(name, "input or output"));
        }

        return at < 0 ? default : kinds[at].Kind;
    }

    private static RunModel ReadItem(Fields fields, Fields item, RunModelKind kind)
    {
        var model = item.Model("model");
        var link = new RunModel(kind, item.Text("name") ?? "", model);
        if (item.Problem is { } problem)
        {
            fields.Refuse(problem);
        }

        return link;
    }

    private static JsonObject Item(RunModel model) =>
        new()
        {
            ["name"] = model.Name,
            ["model"] = model.Model.ToString(),
            ["updated"] = Times.Iso(model.Updated),
        };
}
