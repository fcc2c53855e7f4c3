using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Routing;
using Braid.Tracking.Queues;

namespace Braid.Gateway.ClearML.Queues;

/// <summary>A queue as the protocol writes it.</summary>
internal static class QueueReply
{
    /// <param name="version">That the client speaks.</param>
    public static JsonObject Of(Queue queue, ApiVersion version) =>
        new JsonObject
        {
            ["id"] = queue.Id.ToString(),
            ["name"] = queue.Name,
            ["display_name"] = queue.DisplayName.Length > 0 ? queue.DisplayName : null,
            ["user"] = queue.User,
            ["company"] = Contract.Company,
            ["created"] = Times.Iso(queue.Created),
            ["last_update"] = Times.Iso(queue.LastUpdate),
            ["tags"] = Documents.Labels(queue.Labels),
            ["system_tags"] = Documents.Labels(queue.SystemLabels),
            ["entries"] = new JsonArray([.. queue.Entries.Select(Entry)]),
            ["metadata"] = OldMetadata.Show(Documents.ParseObject(queue.Metadata), version),
        }.WithoutNulls();

    public static JsonObject Entry(QueueEntry entry) =>
        new() { ["task"] = entry.Run.ToString(), ["added"] = Times.Iso(entry.Added) };
}
