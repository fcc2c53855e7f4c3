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
    public static async Task<Result<JsonObject>> ReadObjectAsync(HttpRequest request, CancellationToken ct) =>
        (await ReadAsync(request, ct)).Then(ToObject);

    /// <summary>One object per line; empty lines are skipped.</summary>
    public static async Task<Result<IReadOnlyList<JsonObject>>> ReadLinesAsync(
        HttpRequest request,
        CancellationToken ct
    ) => (await ReadAsync(request, ct)).Then(ToLines);

    private static async Task<Result<byte[]>> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.Headers.ContentEncoding.Count > 0)
        {
            return Errors.EncodedBody(request.Headers.ContentEncoding.ToString());
        }

        LiftHostLimit(request.HttpContext);
        return await DrainAsync(request.BodyReader, ct) is { } body ? body : Errors.BodyTooLarge(Largest);
    }

    /// <summary>All bytes; null when there are more than allowed.</summary>
    private static async Task<byte[]?> DrainAsync(PipeReader reader, CancellationToken ct)
    {
        while (true)
        {
            var read = await reader.ReadAsync(ct);
            var isTooLarge = read.Buffer.Length > Largest;
            if (isTooLarge || read.IsCompleted)
            {
                var body = isTooLarge ? null : read.Buffer.ToArray();
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

    private static Result<JsonObject> ToObject(byte[] body) =>
        IsBlank(body) ? new JsonObject() : ParseObject(body, "the body");

    private static Result<IReadOnlyList<JsonObject>> ToLines(byte[] body)
    {
        var lines = new List<JsonObject>();
        foreach (var range in body.AsSpan().Split((byte)'\n'))
        {
            var line = body.AsSpan()[range];
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

    private static Result<JsonObject> ParseObject(ReadOnlySpan<byte> json, string what)
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

    private static bool IsBlank(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8).IsEmpty;
}
