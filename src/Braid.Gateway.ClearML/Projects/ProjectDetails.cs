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

namespace Braid.Gateway.ClearML.Projects;

/// <summary>What <c>projects.get_all_ex</c> adds: who and what a project refers to by name, what is below it, what is in it.</summary>
internal static class ProjectDetails
{
    /// <summary>Adds to the documents of the projects, one by one alike.</summary>
    public static async Task<Error?> AddAsync(
        ApiCall call,
        IReadOnlyList<Project> projects,
        IReadOnlyList<JsonObject> documents,
        CancellationToken ct
    )
    {
        foreach (var document in documents)
        {
            NameParent(document);
        }

        return await References.ExpandAsync(call, documents, ct)
            ?? await AddProjectsBelowAsync(call, projects, documents, ct)
            ?? await AddStatsAsync(call, projects, documents, ct)
            ?? await AddOwnContentsAsync(call, projects, documents, ct);
    }

    /// <summary>The name of the project above is within the project's own.</summary>
    private static void NameParent(JsonObject document)
    {
        if (document["parent"]?.GetValue<string>() is { } parent)
        {
            var name = document["name"]!.GetValue<string>(); // every project has one
            document["parent"] = new JsonObject { ["id"] = parent, ["name"] = name[..name.LastIndexOf('/')] };
        }
    }

    private static async Task<Error?> AddProjectsBelowAsync(
        ApiCall call,
        IReadOnlyList<Project> projects,
        IReadOnlyList<JsonObject> documents,
        CancellationToken ct
    )
    {
        if (projects.Count == 0)
        {
            return null;
        }

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
        if (call.Fields.Flag("include_stats") != true)
        {
            return call.Fields.Problem;
        }

        var only = new Fields(call.Fields.Object("include_stats_filter") ?? []);
        var where = Condition.Read(only, TaskWords.Vocabulary);
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
        if (call.Fields.Flag("check_own_contents") != true)
        {
            return call.Fields.Problem;
        }

        foreach (var (project, document) in projects.Zip(documents))
        {
            var tasks = await call.Rooms.Runs.CountAsync(call.Caller, new() { Projects = [project.Id] }, ct);
            var models = await call.Rooms.Models.CountAsync(call.Caller, new() { Projects = [project.Id] }, ct);
            if ((tasks.Error ?? models.Error) is { } error)
            {
                return error;
            }

            document["own_tasks"] = tasks.Value;
            document["own_models"] = models.Value;
        }

        return null;
    }
}
