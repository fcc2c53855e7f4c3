using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Projects;
using Braid.Tracking.Search;

namespace Braid.Gateway.MLflow.Experiments;

/// <summary>Lists experiments by filter, order and page.</summary>
internal static class ExperimentSearch
{
    private static readonly PageSize pageSize = new(Default: null, Most: 50_000);

    private static readonly Vocabulary vocabulary = new()
    {
        Entities = "Valid entity types are ('attribute', 'tag', 'tags')",
        Attributes = new()
        {
            ["name"] = Term.Text(ProjectFields.Name),
            ["creation_time"] = Term.Time("creation_time", ProjectFields.Created),
            ["last_update_time"] = Term.Time("last_update_time", ProjectFields.LastUpdate),
        },
        OrderOnly = new() { ["experiment_id"] = ProjectFields.Number },
        Prefixes = new(StringComparer.Ordinal) { ["tag"] = key => Term.Tag(key), ["tags"] = key => Term.Tag(key) },
        AttributePrefixes = ["attribute", "attributes", "attr"],
    };

    private static readonly Order[] newestFirst = [new(ProjectFields.Created, Descending: true)];

    public static async Task<Result<Answer>> SearchAsync(Call call, CancellationToken ct)
    {
        var page = PageRequest.Read(call.Fields, pageSize);
        var view = ViewType.Read(call.Fields, "view_type");
        var where = vocabulary.Filter(call.Fields.Text("filter"));
        var order = vocabulary.Orders(call.Fields.Texts("order_by"));
        if ((call.Fields.Problem ?? where.Error ?? order.Error) is { } problem)
        {
            return problem;
        }

        var query = new ProjectQuery
        {
            Where = where.Value,
            Lifecycle = view,
            OrderBy = [.. order.Value is { Count: > 0 } chosen ? chosen : newestFirst, new(ProjectFields.Number)],
            Offset = page.Offset,
            Limit = page.Limit,
        };
        var found = await call.Rooms.Projects.ListAsync(call.Caller, query, ct);
        return found.Select(projects => page.Answer("experiments", projects, ExperimentJson.Write));
    }
}
