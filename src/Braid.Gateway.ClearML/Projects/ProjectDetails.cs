using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Braid.Gateway.ClearML.Queries;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Filters;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Projects;

/// <summary>What <c>projects.get_all_ex</c> adds: who and what a project refers to by name, what is below it, what is in it.</summary>
internal static class ProjectDetails
{
    private delegate Task<Error?> AddDetail(
        ApiCall call,
        IReadOnlyList<Project> projects,
        IReadOnlyList<JsonObject> documents,
        CancellationToken ct
    );

    /// <summary>Adds what is asked for to the documents of the projects, by one question for each thing to add.</summary>
    public static async Task<Error?> AddAsync(
        ApiCall call,
        Projection wanted,
        IReadOnlyList<Project> projects,
        IReadOnlyList<JsonObject> documents,
        CancellationToken ct
    )
    {
        (bool IsAsked, AddDetail Add)[] details =
        [
            (wanted.Needs("sub_projects") && projects.Count > 0, AddProjectsBelowAsync),
            (call.Fields.Flag("include_stats") == true, AddStatsAsync),
            (call.Fields.Flag("include_dataset_stats") == true, DatasetStats.AddAsync),
            (call.Fields.Flag("check_own_contents") == true, AddOwnContentsAsync),
        ];
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        foreach (var (isAsked, add) in details)
        {
            if (isAsked && await add(call, projects, documents, ct) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static async Task<Error?> AddProjectsBelowAsync(
        ApiCall call,
        IReadOnlyList<Project> projects,
        IReadOnlyList<JsonObject> documents,
        CancellationToken ct
    )
    {
        var roots = string.Join('|', projects.Select(project => Regex.Escape(project.Name)));
        var below = new ProjectQuery
        {
            Where = new Filter.Matches(ProjectFields.Name, $"^({roots})/") & Condition.WithoutHidden(call.Fields),
            OrderBy = [new(ProjectFields.Name)],
        };
        var found = await call.Rooms.Projects.ListAsync(call.Caller, below, ct);
        if (!found.TryGet(out var all, out var error))
        {
            return error;
        }

        foreach (var (project, document) in projects.Zip(documents))
        {
            document["sub_projects"] = new JsonArray([
                .. all
                    .Items.Where(one => one.Name.StartsWith(project.Name + "/", StringComparison.Ordinal))
                    .Select(one => new JsonObject { ["id"] = one.Id.ToString(), ["name"] = one.Name }),
            ]);
        }

        return null;
    }

    private static async Task<Error?> AddStatsAsync(
        ApiCall call,
        IReadOnlyList<Project> projects,
        IReadOnlyList<JsonObject> documents,
        CancellationToken ct
    )
    {
        var only = new Fields(call.Fields.Object("include_stats_filter") ?? []);
        var users = ActiveUsers.Asked(call.Fields);
        var where = Condition.Read(only, TaskWords.Vocabulary) & ActiveUsers.Made(users, RunFields.User);
        if ((call.Fields.Problem ?? only.Problem) is { } problem)
        {
            return problem;
        }

        var read = await ProjectStats.ReadAsync(call, projects, where, ct);
        if (!read.TryGet(out var stats, out var error))
        {
            return error;
        }

        foreach (var (project, document) in projects.Zip(documents))
        {
            document["stats"] = stats.Of(project);
        }

        return null;
    }

    private static async Task<Error?> AddOwnContentsAsync(
        ApiCall call,
        IReadOnlyList<Project> projects,
        IReadOnlyList<JsonObject> documents,
        CancellationToken ct
    )
    {
        IReadOnlyList<ProjectId> ids = [.. projects.Select(project => project.Id)];
        var tasks = await call.Rooms.Runs.CountByProjectAsync(call.Caller, new() { Projects = ids }, ct);
        var models = await call.Rooms.Models.CountByProjectAsync(call.Caller, new() { Projects = ids }, ct);
        if ((tasks.Error ?? models.Error) is { } error)
        {
            return error;
        }

        foreach (var (project, document) in projects.Zip(documents))
        {
            document["own_tasks"] = tasks.Value.GetValueOrDefault(project.Id);
            document["own_models"] = models.Value.GetValueOrDefault(project.Id);
        }

        return null;
    }
}
