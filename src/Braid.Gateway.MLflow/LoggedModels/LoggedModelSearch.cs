using Braid.Gateway.MLflow.Experiments;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;

namespace Braid.Gateway.MLflow.LoggedModels;

/// <summary>Lists the logged models of experiments by filter, datasets, order and page.</summary>
internal static class LoggedModelSearch
{
    private const string metrics = "metrics.";

    private static readonly PageSize pageSize = new(Default: 50, Most: 1000);

    private static readonly Order newestFirst = new(ModelFields.Created, Descending: true);

    public static async Task<Result<Answer>> SearchAsync(Call call, CancellationToken ct)
    {
        var fields = call.Fields;
        var page = PageRequest.Read(fields, pageSize);
        IReadOnlyList<MeasuredOn> datasets = [.. fields.Objects("datasets").Select(ReadDataset)];
        var where = Where(fields.Text("filter"), datasets);
        var order = Orders(fields.Objects("order_by"));
        if ((fields.Problem ?? where.Error ?? order.Error) is { } problem)
        {
            return problem;
        }

        var projects = await ExperimentSet.FindAsync(call, fields.Texts("experiment_ids"), ct);
        if (!projects.IsOk || projects.Value.Count == 0)
        {
            return projects.Select(_ => Answers.Empty);
        }

        var query = new ModelQuery
        {
            Where = where.Value,
            Projects = [.. projects.Value.Select(project => project.Id)],
            Registered = false,
            OrderBy = [.. order.Value, newestFirst],
            Offset = page.Offset,
            Limit = page.Limit,
        };
        return await AnswerAsync(call, query, page, ct);
    }

    private static async Task<Result<Answer>> AnswerAsync(
        Call call,
        ModelQuery query,
        PageRequest page,
        CancellationToken ct
    )
    {
        var found = await call.Rooms.Models.QueryAsync(call.Caller, query, ct);
        if (!found.IsOk)
        {
            return found.Error;
        }

        var views = await LoggedModelJson.ViewsAsync(call, found.Value.Items, ct);
        return views.Select(models =>
            page.Answer("models", new Page<LoggedModelView>(models, found.Value.More), LoggedModelJson.Write)
        );
    }

    private static MeasuredOn ReadDataset(Fields fields)
    {
        var name = fields.Text("dataset_name");
        if (string.IsNullOrEmpty(name))
        {
            fields.Refuse(Errors.Invalid("`dataset_name` in the `datasets` clause must be specified."));
        }

        return new(name ?? "", Digest(fields));
    }

    /// <summary>Datasets narrow the conditions on metrics; without any, they ask that something was measured on them.</summary>
    private static Result<Filter> Where(string? filter, IReadOnlyList<MeasuredOn> datasets)
    {
        var where = LoggedModelVocabulary.On(datasets).Filter(filter);
        return datasets.Count == 0 || filter?.Contains(metrics, StringComparison.Ordinal) == true
            ? where
            : where.Select(given => given & !new Filter.Missing(new Field.Measured(datasets)));
    }

    /// <summary>Each order comes as an object; its field is written as in a filter, and a metric's may name a dataset.</summary>
    private static Result<IReadOnlyList<Order>> Orders(IReadOnlyList<Fields> objects)
    {
        var orders = new List<Order>();
        foreach (var one in objects)
        {
            var read = Order(one);
            if (!read.IsOk)
            {
                return read.Error;
            }

            orders.AddRange(read.Value);
        }

        return orders;
    }

    private static Result<IReadOnlyList<Order>> Order(Fields order)
    {
        var (dataset, digest) = (order.Text("dataset_name"), Digest(order));
        var field = order.Text("field_name");
        if (OrderProblem(field, dataset, digest) is { } problem)
        {
            return problem;
        }

        IReadOnlyList<MeasuredOn> on = string.IsNullOrEmpty(dataset) ? [] : [new(dataset, digest)];
        return LoggedModelVocabulary.On(on).Orders([$"{field} {(order.Flag("ascending") ?? true ? "ASC" : "DESC")}"]);
    }

    private static Error? OrderProblem(string? field, string? dataset, string? digest) =>
        string.IsNullOrEmpty(field) ? Errors.Invalid("`field_name` in the `order_by` clause must be specified.")
        : field.Contains('.', StringComparison.Ordinal) && !field.StartsWith(metrics, StringComparison.Ordinal)
            ? Errors.Invalid($"Invalid order by field name: {field.Split('.')[0]}, only `metrics.<name>` is allowed.")
        : digest is not null && string.IsNullOrEmpty(dataset)
            ? Errors.Invalid("`dataset_digest` can only be specified if `dataset_name` is also specified.")
        : null;

    private static string? Digest(Fields fields) =>
        fields.Text("dataset_digest") is { Length: > 0 } digest ? digest : null;
}
