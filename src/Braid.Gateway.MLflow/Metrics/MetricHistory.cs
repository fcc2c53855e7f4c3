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
/// Reads the history of one metric of one run. It may have millions of points, so it is read piece by piece and written as it goes; what is
/// short still leaves in one segment.
/// </summary>
internal static class MetricHistory
{
    /// <summary>Bytes that wait before they are sent.</summary>
    private const int buffered = 64 << 10;

    /// <summary>Samples of a piece: about as many as a long block holds, so that few are unpacked twice.</summary>
    private const int inPiece = 16_384;

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
        var limit = fields.Integer("max_results") is { } most and > 0
            ? (int)Math.Min(most, int.MaxValue)
            : int.MaxValue;
        var token = PageToken.Read(fields.Text("page_token"));
        if ((fields.Problem ?? token.Error) is { } problem)
        {
            return await NothingForAsync(call, problem, ct);
        }

        var pieces = new Pieces(call, run, SeriesName.FromKey(key), limit);
        return await pieces.NextAsync(new(Math.Min(limit, inPiece), token.Value), ct) is { } error
            ? await NothingForAsync(call, error, ct)
            : await WriteAsync(call.Http.Response, key, pieces, token.Value, ct);
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

    private static async Task<Error?> WriteAsync(
        HttpResponse response,
        string key,
        Pieces pieces,
        int offset,
        CancellationToken ct
    )
    {
        response.ContentType = "application/json";
        var pipe = response.BodyWriter;
        using var json = new Utf8JsonWriter(pipe, Answers.Options);
        json.WriteStartObject();
        if (pieces.Current.Items.Count > 0)
        {
            json.WriteStartArray("metrics");
            if (
                await WriteAsync(json, pipe, JsonEncodedText.Encode(key, Answers.Options.Encoder), pieces, ct) is
                { } error
            )
            {
                return error;
            }

            json.WriteEndArray();
        }

        json.Text("next_page_token", pieces.Current.More ? PageToken.Of(offset + pieces.Read) : null);
        json.WriteEndObject();
        await json.FlushAsync(ct);
        await pipe.FlushAsync(ct);
        return null;
    }

    private static async Task<Error?> WriteAsync(
        Utf8JsonWriter json,
        PipeWriter pipe,
        JsonEncodedText key,
        Pieces pieces,
        CancellationToken ct
    )
    {
        while (true)
        {
            await WriteAsync(json, pipe, key, pieces.Current.Items, ct);
            if (pieces.Following is not { } next)
            {
                return null;
            }

            if (await pieces.NextAsync(next, ct) is { } error)
            {
                return error;
            }
        }
    }

    private static async Task WriteAsync(
        Utf8JsonWriter json,
        PipeWriter pipe,
        JsonEncodedText key,
        IReadOnlyList<Sample> samples,
        CancellationToken ct
    )
    {
        var sent = json.BytesCommitted;
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

    /// <summary>A history that is read piece by piece, each from where the last one ended.</summary>
    private sealed class Pieces(StreamCall call, RunId run, SeriesName name, int limit)
    {
        private readonly List<Sample> list = [];

        public Page<Sample> Current { get; private set; } = new([], More: false);

        /// <summary>How many samples there were so far, the current ones among them.</summary>
        public int Read { get; private set; }

        /// <summary>The piece after the current one; null at the end.</summary>
        public HistoryPage? Following =>
            Current.More && Read < limit ? new(Math.Min(limit - Read, inPiece), After: Current.Items[^1]) : null;

        public async Task<Error?> NextAsync(HistoryPage piece, CancellationToken ct)
        {
            var read = await call.Rooms.Series.HistoryAsync(call.Caller, run, name, piece with { Into = list }, ct);
            if (read.TryGet(out var page, out var error))
            {
                Current = page;
                Read += page.Items.Count;
            }

            return error;
        }
    }
}
