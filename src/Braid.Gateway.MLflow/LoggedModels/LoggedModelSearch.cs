using Braid.Gateway.MLflow.Experiments;
using Braid.Gateway.MLflow.Search;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;
using Braid.Tracking.Series;

namespace Braid.Gateway.MLflow.LoggedModels;

/// <summary>Lists the logged models of experiments by filter, order and page.</summary>
internal static class LoggedModelSearch
{
    private static readonly PageSize pageSize = new(Default: 50, Most: 1000);

    private static readonly Order newestFirst = new(ModelFields.Created, Descending: true);

    private static readonly Vocabulary vocabulary = new()
    {
        Entities = "Expected one of ['attributes', 'metrics', 'params', 'tags'].",
        Attributes = new()
        {
            ["name"] = Term.Id(ModelFields.Name),
            ["model_id"] = Term.Id(ModelFields.Id)
                .Reading(id => LoggedModelId.TryParse(id, out var own) ? $"{own}" : id),
            ["model_type"] = Term.Id(ModelFields.Type),
            ["source_run_id"] = Term.Id(ModelFields.Run),
            ["status"] = StatusTerm.Of(ModelFields.State, LoggedModelStates.Names, LoggedModelStates.WordsOf),
            ["creation_timestamp"] = Term.Time("creation_timestamp", ModelFields.Created),
            ["last_updated_timestamp"] = Term.Time("last_updated_timestamp", ModelFields.LastUpdate),
        },
        Aliases = new()
        {
            ["creation_time"] = "creation_timestamp",
            ["creation_timestamp_ms"] = "creation_timestamp",
            ["last_updated_timestamp_ms"] = "last_updated_timestamp",
        },
        AttributePrefixes = ["attributes"],
        Prefixes = new(StringComparer.Ordinal)
        {
            ["metrics"] = Metric,
            ["params"] = key => Term.Parameter(new Field.Parameter("", key)),
            ["tags"] = key => Term.Tag(key),
        },
    };

    public static async Task<Result<Answer>> SearchAsync(Call call, CancellationToken ct)
    {
        var fields = call.Fields;
        var page = PageRequest.Read(fields, pageSize);
        var where = vocabulary.Filter(fields.Text("filter"));
        var order = vocabulary.Orders(fields.Objects("order_by").Select(Clause).ToList());
        if (fields.Objects("datasets").Count > 0)
        {
            return Errors.NotOffered("Searching logged models by the datasets of their metrics is not offered.");
        }

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

    /// <summary>An order comes as an object; its field is written as in a filter.</summary>
    private static string Clause(Fields order) =>
        $"{order.Required("field_name")} {(order.Flag("ascending") ?? true ? "ASC" : "DESC")}";

    private static Result<Term> Metric(string key)
    {
        var name = SeriesName.FromKey(key);
        return Term.Metric(new Field.Metric(name.Metric, name.Variant));
    }
}
