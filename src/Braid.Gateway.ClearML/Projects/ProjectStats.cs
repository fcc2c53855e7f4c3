using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Projects;

/// <summary>What <c>projects.get_all_ex</c> tells of the tasks in each project: how many of each status, how long they took.</summary>
internal sealed class ProjectStats
{
    private static readonly string[] statuses =
    [
        "created",
        "queued",
        "in_progress",
        "stopped",
        "published",
        "closed",
        "failed",
        "completed",
        "unknown",
    ];

    private static readonly (string Name, bool IsArchived)[] states = [("active", false), ("archived", true)];

    private readonly IReadOnlyList<RunCount> counts;
    private readonly bool withChildren;
    private readonly string? onlyState;

    private ProjectStats(IReadOnlyList<RunCount> counts, bool withChildren, string? onlyState)
    {
        this.counts = counts;
        this.withChildren = withChildren;
        this.onlyState = onlyState;
    }

    /// <summary>One question for all projects of a page.</summary>
    /// <param name="where">Only tasks that this holds of.</param>
    public static async Task<Result<ProjectStats>> ReadAsync(
        ApiCall call,
        IReadOnlyList<Project> projects,
        Filter where,
        CancellationToken ct
    )
    {
        var fields = call.Fields;
        var withChildren = fields.Flag("stats_with_children") ?? true;
        var onlyState = fields.Mentions("stats_for_state") ? fields.Text("stats_for_state") : states[0].Name;
        if (onlyState is not null && !Array.Exists(states, state => state.Name == onlyState))
        {
            fields.Refuse(Errors.InvalidField("stats_for_state", "active, archived, or null for both"));
        }

        if (fields.Problem is { } problem)
        {
            return problem;
        }

        if (projects.Count == 0)
        {
            return new ProjectStats([], withChildren, onlyState);
        }

        var query = new RunCountQuery(
            [.. projects.Select(project => project.Id)],
            where,
            new Filter.HasLabel(SystemTags.Archived, System: true),
            call.Rooms.Clock.GetUtcNow() - TimeSpan.FromDays(1)
        );
        var found = await call.Rooms.Projects.CountRunsAsync(call.Caller, query, ct);
        return found.Select(counts => new ProjectStats(counts, withChildren, onlyState));
    }

    /// <summary>Of active or archived tasks, as asked for, or of both.</summary>
    public JsonObject Of(Project project) =>
        new(
            states
                .Where(state => (onlyState ?? state.Name) == state.Name)
                .Select(state => KeyValuePair.Create(state.Name, (JsonNode?)Describe(In(project, state.IsArchived))))
        );

    private List<RunCount> In(Project project, bool isArchived) =>
        [
            .. counts.Where(count =>
                count.IsApart == isArchived
                && (
                    count.Project == project.Id
                    || withChildren && count.Name.StartsWith(project.Name + "/", StringComparison.Ordinal)
                )
            ),
        ];

    private static JsonObject Describe(List<RunCount> counts)
    {
        var byStatus = counts.ToLookup(count => count.Status.ToText(), StringComparer.Ordinal);
        return new JsonObject
        {
            ["total_tasks"] = counts.Sum(count => count.Runs),
            ["total_runtime"] = (long)counts.Sum(count => count.Took.TotalSeconds),
            ["completed_tasks_24h"] = counts
                .Where(count => count.Status is RunStatus.Completed or RunStatus.Published)
                .Sum(count => count.EndedSince),
            ["last_task_run"] = Times.Iso(counts.Max(count => count.LastStarted)),
            ["status_count"] = new JsonObject(
                statuses.Select(status =>
                    KeyValuePair.Create(status, (JsonNode?)byStatus[status].Sum(count => count.Runs))
                )
            ),
        }.WithoutNulls();
    }
}
