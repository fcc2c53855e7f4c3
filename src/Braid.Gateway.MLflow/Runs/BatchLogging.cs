using Braid.Gateway.MLflow.Metrics;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>Logs metrics, parameters and tags in one transaction.</summary>
internal static class BatchLogging
{
    private const int mostMetrics = 1000;
    private const int mostParameters = 100;
    private const int mostTags = 100;
    private const int most = 1000;

    public static async Task<Result<Answer>> LogAsync(Call call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.RequiredRun();
        var metrics = fields.Objects("metrics").Select(MetricReader.Read).ToList();
        var parameters = fields.Objects("params").Select(ParameterLogging.ReadOne).ToList();
        var given = fields.Objects("tags").Count;
        var tags = RunTags.ReadAll(fields);
        var limits = LimitProblem(metrics.Count, parameters.Count, given);
        if ((limits ?? fields.Problem ?? RepeatedProblem(parameters)) is { } problem)
        {
            return problem;
        }

        // Most batches are of metrics only, and change nothing of the run.
        var change =
            tags.Count + parameters.Count == 0
                ? new()
                : RunTags.Setting(tags) with
                {
                    Parameters = ParameterLogging.Edit(parameters),
                };
        var points = metrics.ConvertAll(metric => metric.Point);
        var logged = await call.Rooms.Runs.LogAsync(call.Caller, id, change, points, ct);
        logged = await ChangedValues.ExplainAsync(call, id, parameters, logged, BatchText, ct);
        logged = logged.OnRun(id);
        return logged.IsOk ? (await MetricLogging.LogToModelsAsync(call, id, metrics, ct)).Done() : logged.Error;
    }

    private static Error? LimitProblem(int metrics, int parameters, int tags) =>
        OverLimit("metrics", mostMetrics, metrics)
        ?? OverLimit("params", mostParameters, parameters)
        ?? OverLimit("tags", mostTags, tags)
        ?? OverLimit("metrics, params, and tags", most, metrics + parameters + tags);

    private static Error? OverLimit(string what, int limit, int count) =>
        count <= limit
            ? null
            : Errors.Invalid(
                $"A batch logging request can contain at most {limit} {what}. Got {count} {what}."
                    + $" Please split up {what} across multiple requests and try again."
            );

    private static Error? RepeatedProblem(IReadOnlyList<RunParameter> parameters)
    {
        var repeated = parameters
            .GroupBy(parameter => parameter.Name)
            .SelectMany(same => same.Skip(1))
            .Select(parameter => $"'{parameter.Name}'")
            .ToList();
        return repeated.Count == 0
            ? null
            : Errors.Invalid(
                $"Duplicate parameter keys have been submitted: [{string.Join(", ", repeated)}]. Please ensure the request"
                    + " contains only one param value per param key."
            );
    }

    private static string BatchText(RunId run, IReadOnlyList<ChangedValue> changed)
    {
        var list = changed.Select(one => $"{{'key': '{one.Key}', 'old_value': '{one.Old}', 'new_value': '{one.New}'}}");
        return "Changing param values is not allowed. Params were already"
            + $" logged='[{string.Join(", ", list)}]' for run ID='{run}'.";
    }
}
