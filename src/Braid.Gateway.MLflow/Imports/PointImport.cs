using System.Text.Json;
using Braid.Gateway.MLflow.LoggedModels;
using Braid.Gateway.MLflow.Runs;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Series;

namespace Braid.Gateway.MLflow.Imports;

/// <summary>
/// <c>POST braid/import/points</c>: points of a run, or of a logged model, in bulk: for each key its timestamps, steps and values as three
/// lists of one length.
/// </summary>
internal static class PointImport
{
    public static async Task<Result<Answer>> AppendAsync(Call call, CancellationToken ct)
    {
        SeriesOwner owner = call.Fields.Has("model_id")
            ? LoggedModelId.Required(call.Fields)
            : call.Fields.RequiredRun();
        var points = new List<Point>();
        foreach (var series in call.Fields.Objects("series"))
        {
            Read(series, points);
        }

        return call.Fields.Problem is { } problem
            ? problem
            : (await call.Rooms.RunImports.AppendAsync(call.Caller, owner, points, ct)).Done();
    }

    private static void Read(Fields fields, List<Point> points)
    {
        var name = SeriesName.FromKey(fields.RequiredKey("Metric name"));
        var times = List(fields, "timestamps");
        var steps = List(fields, "steps");
        var values = List(fields, "values");
        if (times.Length != steps.Length || times.Length != values.Length)
        {
            var why =
                $"{times.Length} timestamps, {steps.Length} steps and {values.Length} values: give as many of each.";
            fields.Refuse(Errors.Invalid($"Metric '{name.Key}' has {why}"));
            return;
        }

        for (var at = 0; at < times.Length; at++)
        {
            if (
                times[at].TryGetInt64(out var time)
                && time >= 0
                && steps[at].TryGetInt64(out var step)
                && Value(values[at]) is { } value
            )
            {
                points.Add(new(name.Metric, name.Variant, step, time, value));
            }
            else
            {
                fields.Refuse(Errors.Invalid($"Metric '{name.Key}': point {at} is not a time, a step and a number."));
                return;
            }
        }
    }

    private static JsonElement[] List(Fields fields, string name)
    {
        if (fields.Raw(name) is { ValueKind: JsonValueKind.Array } list)
        {
            return
            [
                .. list.EnumerateArray().Where(one => one.ValueKind is JsonValueKind.Number or JsonValueKind.String),
            ];
        }

        fields.Refuse(Errors.Missing(fields.PathOf(name)));
        return [];
    }

    /// <summary>Of what is no number in JSON, MLflow's servers keep NaN only.</summary>
    private static double? Value(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : value.ValueEquals("NaN"u8) ? double.NaN
        : null;
}
