using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Braid.Gateway.ClearML.Requests;

/// <summary>
/// Reads a request's body, whatever its verb (the SDK sends GET with a body) and content type (it may be missing).
/// </summary>
internal static class RequestBody
{
    /// <summary>Twice what the SDK sends in one request at most, in bytes.</summary>
    public const int Largest = 32 << 20;

    /// <summary>One object; an empty body is an empty object.</summary>
    public static async Task<Result<JsonObject>> ReadObjectAsync(HttpRequest request, CancellationToken ct)
    {
        var read = await ReadAsync(request, ct);
        if (!read.TryGet(out var body, out var error))
        {
            return error;
        }

        using (body)
        {
            return IsBlank(body.Span) ? new JsonObject() : ParseObject(body.Span, "the body");
        }
    }

    /// <summary>The bytes of a batch, as they came; whoever reads them gives them back.</summary>
    public static Task<Result<PooledBytes>> ReadBatchAsync(HttpRequest request, CancellationToken ct) =>
        ReadAsync(request, ct);

    /// <summary>One object per line; empty lines are skipped.</summary>
    public static Result<IReadOnlyList<JsonObject>> ToLines(ReadOnlySpan<byte> body)
    {
        var lines = new List<JsonObject>();
        foreach (var range in body.Split((byte)'\n'))
        {
            var line = body[range];
            if (IsBlank(line))
            {
                continue;
            }

            if (!ParseObject(line, $"line {lines.Count + 1}").TryGet(out var item, out var error))
            {
                return error;
            }

            lines.Add(item);
        }

        return lines;
    }

    public static Result<JsonObject> ParseObject(ReadOnlySpan<byte> json, string what)
    {
        try
        {
            return LenientJson.Parse(json) is JsonObject item ? item : Errors.NotAnObject(what);
        }
        catch (JsonException error)
        {
            return Errors.NotJson(what, error.Message);
        }
    }

    public static bool IsBlank(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8).IsEmpty;

    private static async Task<Result<PooledBytes>> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.Headers.ContentEncoding.Count > 0)
        {
            return Errors.EncodedBody(request.Headers.ContentEncoding.ToString());
        }

        LiftHostLimit(request.HttpContext);
        return await DrainAsync(request.BodyReader, ct) is { } body ? body : Errors.BodyTooLarge(Largest);
    }

    /// <summary>All bytes; null when there are more than allowed.</summary>
    private static async Task<PooledBytes?> DrainAsync(PipeReader reader, CancellationToken ct)
    {
        while (true)
        {
            var read = await reader.ReadAsync(ct);
            var isTooLarge = read.Buffer.Length > Largest;
            if (isTooLarge || read.IsCompleted)
            {
                var body = isTooLarge ? null : PooledBytes.Copy(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>The host would refuse a large body with an answer that is not this protocol's.</summary>
    private static void LiftHostLimit(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }
}
