using System.IO.Pipelines;
using System.Text.Json;
using Braid.Gateway.MLflow.Runs;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Series;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.MLflow.Metrics;

/// <summary>
/// Reads the full history of one metric of one run. It may have millions of points, so it is written as it goes; what is short
/// still leaves in one segment.
/// </summary>
internal static class MetricHistory
{
    /// <summary>Bytes that wait before they are sent.</summary>
    private const int buffered = 64 << 10;

    /// <summary>In pages when asked for pages, whole otherwise. An unknown run or metric has no history.</summary>
    public static async Task<Error?> GetAsync(StreamCall call, CancellationToken ct)
    {
        var read = await RequestReader.ReadAsync(call.Http, ct);
        if (!read.TryGet(out var fields, out var unreadable))
        {
            return unreadable;
        }

        var run = fields.RequiredRun();
        var key = fields.Required("metric_key");
        var limit = fields.Integer("max_results") is { } most and > 0 ? (int?)Math.Min(most, int.MaxValue) : null;
        var token = PageToken.Read(fields.Text("page_token"));
        if ((fields.Problem ?? token.Error) is { } problem)
        {
            return await NothingForAsync(call, problem, ct);
        }

        var history = call.Rooms.Series.HistoryAsync(call.Caller, run, SeriesName.FromKey(key), token.Value, limit, ct);
        if (!(await history).TryGet(out var page, out var error))
        {
            return await NothingForAsync(call, error, ct);
        }

        await WriteAsync(call.Http.Response, key, page, token.Value, ct);
        return null;
    }

    private static async Task<Error?> NothingForAsync(StreamCall call, Error error, CancellationToken ct)
    {
        if (error.Kind != ErrorKind.NotFound)
        {
            return error;
        }

        await Answers.SendAsync(call.Http.Response, StatusCodes.Status200OK, Answers.Empty, ct);
        return null;
    }

    private static async Task WriteAsync(
        HttpResponse response,
        string key,
        Page<Sample> page,
        int offset,
        CancellationToken ct
    )
    {
        response.ContentType = "application/json";
        var pipe = response.BodyWriter;
        using var json = new Utf8JsonWriter(pipe, Answers.Options);
        json.WriteStartObject();
        if (page.Items.Count > 0)
        {
            json.WriteStartArray("metrics");
            await WriteAsync(json, pipe, JsonEncodedText.Encode(key, Answers.Options.Encoder), page.Items, ct);
            json.WriteEndArray();
        }

        json.Text("next_page_token", page.More ? PageToken.Of(offset + page.Items.Count) : null);
        json.WriteEndObject();
        await json.FlushAsync(ct);
        await pipe.FlushAsync(ct);
    }

    private static async Task WriteAsync(
        Utf8JsonWriter json,
        PipeWriter pipe,
        JsonEncodedText key,
        IReadOnlyList<Sample> samples,
        CancellationToken ct
    )
    {
        var sent = 0L;
        foreach (var sample in samples)
        {
            MetricJson.WriteObject(json, key, sample);
            if (json.BytesCommitted + json.BytesPending - sent < buffered)
            {
                continue;
            }

            await json.FlushAsync(ct);
            await pipe.FlushAsync(ct);
            sent = json.BytesCommitted;
        }
    }
}
