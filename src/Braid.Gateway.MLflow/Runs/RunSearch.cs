using Braid.Gateway.MLflow.Experiments;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Filters;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>Lists runs of experiments by filter, order and page.</summary>
internal static class RunSearch
{
    private static readonly PageSize pageSize = new(Default: 1000, Most: 50_000);

    private static readonly Order newestFirst = new(RunFields.Begun, Descending: true);

    public static async Task<Result<Answer>> SearchAsync(Call call, CancellationToken ct)
    {
        var page = PageRequest.Read(call.Fields, pageSize);
        var view = ViewType.Read(call.Fields, "run_view_type");
        var where = RunVocabulary.All.Filter(call.Fields.Text("filter"));
        var order = RunVocabulary.All.Orders(call.Fields.Texts("order_by"));
        var experiments = call.Fields.Texts("experiment_ids");
        if ((call.Fields.Problem ?? where.Error ?? order.Error) is { } problem)
        {
            return problem;
        }

        var projects = await ExperimentSet.FindAsync(call, experiments, ct);
        if (!projects.IsOk || projects.Value.Count == 0)
        {
            return projects.Select(_ => Answers.Empty);
        }

        var query = new RunQuery
        {
            Where = where.Value,
            Projects = [.. projects.Value.Select(project => project.Id)],
            Lifecycle = view,
            OrderBy =
            [
                .. order.Value,
                .. order.Value.Any(key => key.By == newestFirst.By) ? [] : new[] { newestFirst },
            ],
            Offset = page.Offset,
            Limit = page.Limit,
            Parts = RunView.Parts,
        };
        return await AnswerAsync(call, query, page, projects.Value, ct);
    }

    private static async Task<Result<Answer>> AnswerAsync(
        Call call,
        RunQuery query,
        PageRequest page,
        IReadOnlyList<Project> projects,
        CancellationToken ct
    )
    {
        var found = await call.Rooms.Runs.QueryAsync(call.Caller, query, ct);
        if (!found.IsOk)
        {
            return found.Error;
        }

        var views = await RunView.OfAsync(call, found.Value.Items, projects, ct);
        return views.Select(runs => page.Answer("runs", new Page<RunView>(runs, found.Value.More), RunJson.Write));
    }
}
