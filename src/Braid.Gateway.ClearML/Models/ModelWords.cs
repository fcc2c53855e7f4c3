using Braid.Gateway.ClearML.Queries;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;

namespace Braid.Gateway.ClearML.Models;

/// <summary>What a query for models may name.</summary>
internal static class ModelWords
{
    private static Listed Ready { get; } =
        new(
            values => new Filter.Any([
                .. values.Select(value => new Filter.Compare(
                    ModelFields.IsPublished,
                    Comparison.Equal,
                    value == "true"
                )),
            ]),
            Missing: new Filter.Any([])
        );

    public static Vocabulary Vocabulary { get; } =
        new()
        {
            Patterns = new Dictionary<string, Field> { ["name"] = ModelFields.Name, ["comment"] = ModelFields.Comment },
            Lists = new Dictionary<string, Listed>
            {
                ["tags"] = Listed.Labels(system: false),
                ["system_tags"] = Listed.Labels(system: true),
                ["user"] = Listed.Attribute(ModelFields.User),
                ["project"] = Listed.Attribute(ModelFields.Project),
                ["task"] = Listed.Attribute(ModelFields.Run),
                ["parent"] = Listed.Attribute(ModelFields.Parent),
                ["uri"] = Listed.Attribute(ModelFields.Uri),
                ["framework"] = Listed.Attribute(ModelFields.Framework),
                ["ready"] = Ready,
            },
            Times = new Dictionary<string, Field>
            {
                ["created"] = ModelFields.Created,
                ["last_update"] = ModelFields.LastUpdate,
            },
            Keys = new Dictionary<string, Field>
            {
                ["id"] = ModelFields.Id,
                ["user"] = ModelFields.User,
                ["project"] = ModelFields.Project,
                ["task"] = ModelFields.Run,
                ["parent"] = ModelFields.Parent,
                ["uri"] = ModelFields.Uri,
                ["framework"] = ModelFields.Framework,
                ["ready"] = ModelFields.IsPublished,
            },
            Named = Named,
            Known = new HashSet<string>(StringComparer.Ordinal)
            {
                "id",
                "name",
                "parent",
                "user",
                "company",
                "company_origin",
                "project",
                "created",
                "task",
                "comment",
                "tags",
                "system_tags",
                "uri",
                "framework",
                "design",
                "labels",
                "ready",
                "last_update",
                "last_change",
                "ui_cache",
                "metadata",
                "last_iteration",
                "last_metrics",
                "unique_metrics",
                "stats",
            },
        };

    private static Field? Named(string path) =>
        MetadataName.Read(path) is { } key ? new Field.Parameter("metadata", key) : MetricPath.Read(path);
}
