using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Primitives;
using Braid.Tracking.Workers;

namespace Braid.Gateway.ClearML.Workers;

/// <summary>A worker as the protocol writes it.</summary>
internal static class WorkerReply
{
    public static JsonObject Of(Worker worker) =>
        new()
        {
            ["id"] = worker.Name,
            ["key"] = Key(worker),
            ["user"] = worker.User,
            ["company"] = Contract.Company,
            ["ip"] = worker.Address,
            ["register_time"] = Times.Iso(worker.Registered),
            ["register_timeout"] = (long)worker.Timeout.TotalSeconds,
            ["last_activity_time"] = Times.Iso(worker.LastActivity),
            ["last_report_time"] = Times.Iso(worker.LastReport),
            ["tags"] = Documents.Labels(worker.Labels),
            ["system_tags"] = Documents.Labels(worker.SystemLabels),
        };

    /// <summary>The workers that take tasks from a queue.</summary>
    public static JsonArray Listening(IReadOnlyList<Worker> workers, QueueId queue) =>
        [
            .. workers
                .Where(worker => worker.Queues.Contains(queue))
                .Select(worker => new JsonObject
                {
                    ["name"] = worker.Name,
                    ["ip"] = worker.Address,
                    ["key"] = Key(worker),
                    ["task"] = worker.Run?.ToString(),
                }),
        ];

    private static string Key(Worker worker) => $"worker_{Contract.Company}_{worker.User}_{worker.Name}";
}
