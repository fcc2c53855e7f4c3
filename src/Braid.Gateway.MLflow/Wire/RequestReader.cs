using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.MLflow.Wire;

/// <summary>Makes a request's fields: path values and, for GET, the query; else the JSON body.</summary>
internal static class RequestReader
{
    /// <summary>The longest body of a call: room for a dataset's profile of 16 MiB, escaped.</summary>
    public const int LongestBody = 64 << 20;

    private static readonly JsonElement nothing = JsonDocument.Parse("{}").RootElement;

    public static async Task<Result<Fields>> ReadAsync(HttpContext http, CancellationToken ct)
    {
        if (HttpMethods.IsGet(http.Request.Method))
        {
            return OfQuery(http.Request);
        }

        if (ContentTypeProblem(http.Request) is { } problem)
        {
            return problem;
        }

        return (await BodyAsync(http.Request, ct)).Select(body => new Fields(WithPathValues(body, http.Request)));
    }

    /// <summary>The fields of the body alone, where the path has names of its own.</summary>
    public static async Task<Result<Fields>> ReadBodyAsync(HttpContext http, CancellationToken ct) =>
        ContentTypeProblem(http.Request) is { } problem
            ? problem
            : (await BodyAsync(http.Request, ct)).Select(body => new Fields(body));

    /// <summary>The fields of the query, and of the path.</summary>
    public static Fields OfQuery(HttpRequest request) => new(Query(request)) { IsQuery = true };

    private static Error? ContentTypeProblem(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method) && !HttpMethods.IsPut(request.Method))
        {
            return null;
        }

        var type = request.ContentType;
        return string.IsNullOrEmpty(type) ? Errors.NoContentType()
            : type.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase) ? null
            : Errors.WrongContentType();
    }

    private static async Task<Result<JsonElement>> BodyAsync(HttpRequest request, CancellationToken ct)
    {
        request.HttpContext.LiftBodyLimit();
        using var text = new MemoryStream();
        // What is not read, the host takes and drops: a client that sends all before it listens gets its answer, too.
        return request.ContentLength > LongestBody || !await CopyAsync(request.BodyReader, text, ct)
                ? Errors.BodyTooLong(LongestBody)
            : text.Length == 0 ? nothing
            : Parse(text.GetBuffer().AsMemory(0, (int)text.Length));
    }

    /// <returns>Whether that was all of it.</returns>
    private static async Task<bool> CopyAsync(PipeReader from, MemoryStream to, CancellationToken ct)
    {
        while (true)
        {
            var read = await from.ReadAsync(ct);
            var fits = to.Length + read.Buffer.Length <= LongestBody;
            foreach (var part in fits ? read.Buffer : default)
            {
                to.Write(part.Span);
            }

            from.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted || !fits)
            {
                return fits;
            }
        }
    }

    private static Result<JsonElement> Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            var body = Clone(JsonDocument.Parse(text));
            // Old clients send a JSON text inside a JSON string.
            body = body.ValueKind == JsonValueKind.String ? Clone(JsonDocument.Parse(body.GetString() ?? "")) : body;
            return body.ValueKind switch
            {
                JsonValueKind.Object => body,
                JsonValueKind.Null => nothing,
                _ => Errors.BadJson("the body is not a JSON object"),
            };
        }
        catch (JsonException refusal)
        {
            return Errors.BadJson(refusal.Message);
        }
    }

    private static JsonElement Clone(JsonDocument document)
    {
        using (document)
        {
            return document.RootElement.Clone();
        }
    }

    private static JsonElement Query(HttpRequest request) =>
        Compose(json =>
        {
            foreach (var (name, values) in request.Query)
            {
                WriteValues(json, name, values);
            }

            WritePathValues(json, request);
        });

    private static JsonElement WithPathValues(JsonElement body, HttpRequest request) =>
        request.RouteValues.Count == 0
            ? body
            : Compose(json =>
            {
                foreach (var member in body.EnumerateObject().Where(m => !request.RouteValues.ContainsKey(m.Name)))
                {
                    member.WriteTo(json);
                }

                WritePathValues(json, request);
            });

    private static void WritePathValues(Utf8JsonWriter json, HttpRequest request)
    {
        foreach (var (name, value) in request.RouteValues)
        {
            json.WriteString(name, value?.ToString());
        }
    }

    private static void WriteValues(Utf8JsonWriter json, string name, IReadOnlyList<string?> values)
    {
        if (values.Count == 1)
        {
            json.WriteString(name, values[0]);
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static JsonElement Compose(Answer members)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Clone(JsonDocument.Parse(text.WrittenMemory));
    }
}
