using Braid.Gateway.ClearML.Queries;
using Braid.Tracking.Filters;
using Braid.Tracking.Projects;

namespace Braid.Gateway.ClearML.Projects;

/// <summary>What a query for projects may name.</summary>
internal static class ProjectWords
{
    public static Vocabulary Vocabulary { get; } =
        new()
        {
            Patterns = new Dictionary<string, Field>
            {
                ["name"] = ProjectFields.Name,
                ["basename"] = ProjectFields.BaseName,
                ["description"] = ProjectFields.Description,
            },
            Lists = new Dictionary<string, Listed>
            {
                ["tags"] = Listed.Labels(system: false),
                ["system_tags"] = Listed.Labels(system: true),
                ["user"] = Listed.Attribute(ProjectFields.User),
            },
            Times = new Dictionary<string, Field>
            {
                ["created"] = ProjectFields.Created,
                ["last_update"] = ProjectFields.LastUpdate,
            },
            Keys = new Dictionary<string, Field>
            {
                ["id"] = ProjectFields.Id,
                ["parent"] = ProjectFields.Parent,
                ["user"] = ProjectFields.User,
            },
            Known = new HashSet<string>(StringComparer.Ordinal)
            {
                "id",
                "name",
                "basename",
                "description",
                "user",
                "company",
                "company_origin",
                "created",
                "last_update",
                "tags",
                "system_tags",
                "default_output_destination",
                "featured",
                "parent",
                "path",
                "stats",
                "sub_projects",
                "hidden",
                "own_tasks",
                "own_models",
                "dataset_stats",
            },
        };
}
