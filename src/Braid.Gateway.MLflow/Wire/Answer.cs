using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.MLflow.Wire;

/// <summary>Writes the members of the JSON object that answers a call.</summary>
internal delegate void Answer(Utf8JsonWriter json);

/// <summary>Sends answers. Headers and body leave in one segment: split, they cost a keep-alive client 40 ms of delayed ACK.</summary>
internal static class Answers
{
    /// <summary>Texts leave as they are but for what JSON forbids.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>{}</c>, the answer of most writes.</summary>
    public static readonly Answer Empty = _ => { };

    public static async Task SendAsync(HttpResponse response, int status, Answer answer, CancellationToken ct)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            answer(json);
            json.WriteEndObject();
        }

        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        await response.BodyWriter.WriteAsync(body.WrittenMemory, ct);
    }
}
