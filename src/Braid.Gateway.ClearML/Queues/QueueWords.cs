using Braid.Gateway.ClearML.Queries;
using Braid.Tracking.Filters;
using Braid.Tracking.Queues;

namespace Braid.Gateway.ClearML.Queues;

/// <summary>What a query for queues may name.</summary>
internal static class QueueWords
{
    public static Vocabulary Vocabulary { get; } =
        new()
        {
            Patterns = new Dictionary<string, Field> { ["name"] = QueueFields.Name },
            Lists = new Dictionary<string, Listed>
            {
                ["tags"] = Listed.Labels(system: false),
                ["system_tags"] = Listed.Labels(system: true),
                ["user"] = Listed.Attribute(QueueFields.User),
            },
            Times = new Dictionary<string, Field>
            {
                ["created"] = QueueFields.Created,
                ["last_update"] = QueueFields.LastUpdate,
            },
            Keys = new Dictionary<string, Field> { ["id"] = QueueFields.Id, ["user"] = QueueFields.User },
            Named = path =>
                MetadataName.Read(path) is { } key ? QueueFields.InMetadata([key, MetadataName.Value]) : null,
            Known = new HashSet<string>(StringComparer.Ordinal)
            {
                "id",
                "name",
                "display_name",
                "user",
                "company",
                "created",
                "last_update",
                "tags",
                "system_tags",
                "entries",
                "metadata",
                "workers",
            },
        };
}
