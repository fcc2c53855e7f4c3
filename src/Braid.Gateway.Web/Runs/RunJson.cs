using System.Text.Json.Nodes;
using Braid.Tracking.Runs;

namespace Braid.Gateway.Web.Runs;

/// <summary>A run as the pages read it; times are ISO 8601 in UTC.</summary>
internal static class RunJson
{
    public static JsonObject Summary(Run run, string project) =>
        new()
        {
            ["id"] = run.Id.ToString(),
            ["name"] = run.Name,
            ["project"] = project,
            ["type"] = run.Type,
            ["status"] = run.Status.ToText(),
            ["statusReason"] = run.StatusReason,
            ["statusMessage"] = run.StatusMessage,
            ["parent"] = run.ParentId?.ToString(),
            ["user"] = run.User,
            ["created"] = run.Created,
            ["started"] = run.Started,
            ["completed"] = run.Completed,
            ["lastIteration"] = run.LastIteration,
        };
}
