using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Models;
using Braid.Gateway.ClearML.Projects;
using Braid.Gateway.ClearML.Queries;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Organization;

/// <summary>
/// <c>organization.get_entities_count</c>: how many things there are of each kind that the request has a filter for. Pipelines and
/// datasets are projects, their runs and versions tasks, each with a system tag; a report is a task of a type of its own.
/// </summary>
internal static class CountEntities
{
    private static readonly (string Name, CountKind Count)[] kinds =
    [
        ("projects", CountProjectsAsync(Visible)),
        ("tasks", CountTasksAsync(Visible)),
        ("models", CountModelsAsync),
        ("pipelines", CountProjectsAsync(_ => Tagged("pipeline"))),
        ("pipeline_runs", CountTasksAsync(_ => Tagged("pipeline"))),
        ("datasets", CountProjectsAsync(_ => Tagged("dataset"))),
        ("dataset_versions", CountTasksAsync(_ => Tagged("dataset"))),
        ("reports", CountTasksAsync(_ => new Filter.OneOf(RunFields.Type, ["report"]))),
    ];

    private delegate Task<Result<long>> CountKind(
        ApiCall call,
        Fields filter,
        IReadOnlyList<string> users,
        CancellationToken ct
    );

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var limit = call.Fields.Whole("limit") ?? long.MaxValue;
        var users = ActiveUsers.Asked(call.Fields);
        var data = new JsonObject();
        foreach (var (name, count) in kinds)
        {
            if (call.Fields.Object(name) is not { } filter)
            {
                continue;
            }

            var counted = await count(call, new(filter), users, ct);
            if (!counted.TryGet(out var number, out var error))
            {
                return error;
            }

            data[name] = Math.Min(number, limit);
        }

        return call.Fields.Problem is { } problem ? problem : data;
    }

    private static CountKind CountProjectsAsync(Func<ApiCall, Filter> kind) =>
        async (call, fields, users, ct) =>
        {
            var query = new ProjectQuery
            {
                Where =
                    Condition.Read(fields, ProjectWords.Vocabulary)
                    & kind(call)
                    & ActiveUsers.Made(users, ProjectFields.User),
                Ids = fields.Ids("id", id => new ProjectId(id)),
            };
            return fields.Problem is { } problem
                ? problem
                : await call.Rooms.Projects.CountAsync(call.Caller, query, ct);
        };

    private static CountKind CountTasksAsync(Func<ApiCall, Filter> kind) =>
        async (call, fields, users, ct) =>
        {
            var scope = Subprojects.Read(fields);
            var query = new RunQuery
            {
                Where =
                    Condition.Read(fields, TaskWords.Vocabulary, scope.Field)
                    & kind(call)
                    & ActiveUsers.Made(users, RunFields.User),
                Projects = scope.Roots,
                IncludeSubprojects = true,
                Ids = fields.Tasks("id"),
            };
            return fields.Problem is { } problem ? problem : await call.Rooms.Runs.CountAsync(call.Caller, query, ct);
        };

    private static async Task<Result<long>> CountModelsAsync(
        ApiCall call,
        Fields fields,
        IReadOnlyList<string> users,
        CancellationToken ct
    )
    {
        var scope = Subprojects.Read(fields);
        var query = new ModelQuery
        {
            Where =
                Condition.Read(fields, ModelWords.Vocabulary, scope.Field) & ActiveUsers.Made(users, ModelFields.User),
            Projects = scope.Roots,
            IncludeSubprojects = true,
            Ids = fields.Ids("id", id => new ModelId(id)),
        };
        return fields.Problem is { } problem ? problem : await call.Rooms.Models.CountAsync(call.Caller, query, ct);
    }

    private static Filter Visible(ApiCall call) => Condition.WithoutHidden(call.Fields);

    private static Filter Tagged(string tag) => new Filter.HasLabel(tag, System: true);
}
