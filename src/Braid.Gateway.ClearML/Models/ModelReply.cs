using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Routing;
using Braid.Tracking.Models;

namespace Braid.Gateway.ClearML.Models;

/// <summary>A model as the protocol writes it.</summary>
internal static class ModelReply
{
    /// <param name="version">That the client speaks.</param>
    public static JsonObject Of(Model model, ApiVersion version) =>
        new JsonObject
        {
            ["id"] = model.Id.ToString(),
            ["name"] = model.Name,
            ["parent"] = model.ParentId?.ToString(),
            ["user"] = model.User,
            ["company"] = Contract.Company,
            ["project"] = model.ProjectId.ToString(),
            ["task"] = model.RunId?.ToString(),
            ["created"] = Times.Iso(model.Created),
            ["last_update"] = Times.Iso(model.LastUpdate),
            ["comment"] = model.Comment,
            ["tags"] = Documents.Labels(model.Labels),
            ["system_tags"] = Documents.Labels(model.SystemLabels),
            ["uri"] = model.Uri,
            ["framework"] = model.Framework,
            ["design"] = Documents.ParseObject(model.Design),
            ["labels"] = Documents.ParseObject(model.Classes),
            ["ready"] = model.IsPublished,
            ["last_iteration"] = model.LastIteration,
            ["metadata"] = OldMetadata.Show(Metadata(model.Metadata), version),
        }.WithoutNulls();

    /// <summary>Adds the number of classes that the model tells apart.</summary>
    public static void AddStats(JsonObject document) =>
        document["stats"] = new JsonObject { ["labels_count"] = document["labels"]!.AsObject().Count };

    private static JsonObject Metadata(IReadOnlyList<ModelMetadata> metadata) =>
        new(metadata.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)Item(item))));

    private static JsonObject Item(ModelMetadata item) =>
        new()
        {
            ["key"] = item.Key,
            ["type"] = item.Type,
            ["value"] = item.Value,
        };
}
