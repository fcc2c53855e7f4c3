using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Projects;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Tracking.Models;

namespace Braid.Gateway.ClearML.Models;

/// <summary>The fields that <c>models.create</c> and <c>models.edit</c> share; each that is given replaces what is stored.</summary>
internal static class ModelBody
{
    /// <summary>The fields that a change is answered with.</summary>
    public static IReadOnlyList<string> Changeable { get; } =
    [
        "name",
        "uri",
        "comment",
        "tags",
        "system_tags",
        "framework",
        "design",
        "labels",
        "ready",
        "project",
        "parent",
        "task",
        "metadata",
    ];

    /// <summary>What is wrong with the request is kept in <paramref name="fields"/>.</summary>
    public static ModelChange Read(Fields fields) =>
        new()
        {
            Name = fields.Text("name")?.Trim(),
            Uri = fields.Text("uri"),
            Comment = fields.Text("comment"),
            Framework = fields.Text("framework"),
            Labels = fields.Has("tags") ? fields.Names("tags") : null,
            SystemLabels = fields.Has("system_tags") ? fields.Names("system_tags") : null,
            Design = fields.Object("design")?.ToJsonString(),
            Classes = ReadClasses(fields)?.ToJsonString(),
            Project = fields.OptionalProject("project"),
            Run = fields.OptionalTask("task"),
            Parent = fields.OptionalModel("parent"),
            IsPublished = fields.Flag("ready"),
            LastIteration = fields.Whole("iteration"),
            SetMetadata = ReadMetadata(fields, ByKey(fields)),
            ReplaceMetadata = fields.Has("metadata"),
        };

    /// <summary>Items of a key, a type and a value each.</summary>
    public static IReadOnlyList<ModelMetadata> ReadMetadata(Fields fields, IEnumerable<JsonObject> items)
    {
        var metadata = new List<ModelMetadata>();
        foreach (var item in items.Select(json => new Fields(json)))
        {
            metadata.Add(new(item.RequiredText("key"), item.Text("type") ?? "", item.Text("value") ?? ""));
            if (item.Problem is { } problem)
            {
                fields.Refuse(problem);
            }
        }

        return metadata;
    }

    /// <summary>A list of items, or an object of them by key.</summary>
    private static IEnumerable<JsonObject> ByKey(Fields fields) =>
        fields.Json["metadata"] is JsonObject byKey
            ? byKey.Select(item => item.Value).OfType<JsonObject>()
            : fields.Objects("metadata");

    private static JsonObject? ReadClasses(Fields fields)
    {
        var classes = fields.Object("labels");
        if (classes?.Any(label => label.Value?.GetValueKind() != JsonValueKind.Number) == true)
        {
            fields.Refuse(Errors.InvalidField("labels", "a number for every label"));
        }

        return classes;
    }
}
