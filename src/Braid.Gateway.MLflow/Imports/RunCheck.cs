using System.Text.Json;
using Braid.Gateway.MLflow.LoggedModels;
using Braid.Gateway.MLflow.Runs;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Gateway.MLflow.Imports;

/// <summary>
/// <c>GET braid/import/check</c>: what is stored of a run, or of a logged model, counted and digested (<see cref="SetDigest"/>), so that who
/// imported it knows that all of it arrived.
/// </summary>
internal static class RunCheck
{
    public static Task<Result<Answer>> ReadAsync(Call call, CancellationToken ct) =>
        call.Fields.Has("model_id") ? ReadModelAsync(call, ct) : ReadRunAsync(call, ct);

    private static async Task<Result<Answer>> ReadRunAsync(Call call, CancellationToken ct)
    {
        var id = call.Fields.RequiredRun();
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var run = await call.Rooms.Runs.GetAsync(call.Caller, id, RunParts.Parameters, ct);
        if (!run.IsOk)
        {
            return run.Error;
        }

        var parameters = new SetDigest();
        foreach (var parameter in run.Value.Parameters)
        {
            parameters.AddPair(ParameterKeys.KeyOf(parameter), parameter.Value);
        }

        var points = await DigestAsync(call, id, ct);
        return points.Select<Answer>(digest =>
            json =>
            {
                Write(json, "points", digest);
                Write(json, "params", parameters);
            }
        );
    }

    private static async Task<Result<Answer>> ReadModelAsync(Call call, CancellationToken ct)
    {
        var id = LoggedModelId.Required(call.Fields);
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var points = await DigestAsync(call, id, ct);
        return points.Select<Answer>(digest => json => Write(json, "points", digest));
    }

    private static async Task<Result<SetDigest>> DigestAsync(Call call, SeriesOwner owner, CancellationToken ct)
    {
        var series = await call.Rooms.Series.ListAsync(call.Caller, [owner], ct);
        if (!series.IsOk)
        {
            return series.Error;
        }

        var digest = new SetDigest();
        foreach (var name in series.Value.Select(one => new SeriesName(one.Metric, one.Variant)))
        {
            var history = await call.Rooms.Series.HistoryAsync(call.Caller, owner, name, HistoryPage.All, ct);
            if (!history.IsOk)
            {
                return history.Error;
            }

            var key = PointKey.Of(name.Key);
            foreach (var sample in history.Value.Items)
            {
                digest.AddPoint(key, sample.TimestampMs, sample.Step, sample.Value);
            }
        }

        return digest;
    }

    private static void Write(Utf8JsonWriter json, string name, SetDigest digest) =>
        json.Object(
            name,
            body =>
            {
                body.WriteNumber("count", digest.Count);
                body.WriteString("digest", digest.ToString());
            }
        );
}
