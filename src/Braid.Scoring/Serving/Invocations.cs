using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Scoring.Requests;
using Braid.Scoring.Workers;
using Microsoft.AspNetCore.Http;

namespace Braid.Scoring.Serving;

/// <summary>
/// Answers <c>/invocations</c>: 1 look at the content type; 2 read and check the body; 3 have a worker predict; 4 write what it says.
/// </summary>
/// <param name="timeout">From the moment that the body is there.</param>
internal sealed class Invocations(RequestReader reader, WorkerPool pool, TimeSpan timeout, TextWriter log)
{
    private const string json = "application/json";
    private const string text = "text/plain; charset=utf-8";

    public async Task AnswerAsync(HttpContext http)
    {
        // 1
        var (kind, refused) = ContentType.Read(http.Request.ContentType);
        if (kind is not { } known)
        {
            await WriteAsync(http, StatusCodes.Status415UnsupportedMediaType, text, Encoding.UTF8.GetBytes(refused));
            return;
        }

        try
        {
            // 2
            var prediction = reader.Read(known, (await BodyAsync(http.Request)).Span);
            // 3, 4
            await PredictAsync(http, prediction);
        }
        catch (Refusal refusal)
        {
            await WriteAsync(http, refusal);
        }
        catch (WorkerGone gone)
        {
            await log.WriteLineAsync(gone.Message);
            await WriteAsync(http, new(StatusCodes.Status500InternalServerError, "INTERNAL_ERROR", gone.Message));
        }
    }

    private async Task PredictAsync(HttpContext http, Prediction prediction)
    {
        using var limit = new CancellationTokenSource(timeout, TimeProvider.System);
        Reply reply;
        try
        {
            reply = await pool.AskAsync(WorkerMessages.Predict(prediction), limit.Token);
        }
        catch (OperationCanceledException)
        {
            var late = "Request processing time exceeded limit"u8.ToArray();
            await WriteAsync(http, StatusCodes.Status504GatewayTimeout, json, late);
            return;
        }

        await (
            reply.Kind switch
            {
                ReplyKind.Predictions => WritePredictionsAsync(http, reply.Body, prediction.IsBare),
                ReplyKind.BadInput => throw Refusal.BadRequest(Encoding.UTF8.GetString(reply.Body.Span)),
                ReplyKind.ModelFailed => throw Failed(reply.Body.Span),
                _ => NoJsonAsync(http, reply.Body),
            }
        );
    }

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpRequest request)
    {
        try
        {
            var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, 1 << 20));
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
            return body.GetBuffer().AsMemory(0, (int)body.Length);
        }
        catch (BadHttpRequestException error)
        {
            throw new Refusal(error.StatusCode, "BAD_REQUEST", error.Message);
        }
    }

    private static async Task WritePredictionsAsync(HttpContext http, ReadOnlyMemory<byte> predictions, bool isBare)
    {
        http.Response.ContentType = json;
        if (isBare)
        {
            await http.Response.BodyWriter.WriteAsync(predictions);
            return;
        }

        await http.Response.BodyWriter.WriteAsync("{\"predictions\": "u8.ToArray());
        await http.Response.BodyWriter.WriteAsync(predictions);
        await http.Response.BodyWriter.WriteAsync("}"u8.ToArray());
    }

    private async Task NoJsonAsync(HttpContext http, ReadOnlyMemory<byte> cause)
    {
        await log.WriteLineAsync($"the model's predictions are no JSON: {Encoding.UTF8.GetString(cause.Span)}");
        var answer = "Internal Server Error"u8.ToArray();
        await WriteAsync(http, StatusCodes.Status500InternalServerError, text, answer);
    }

    private static Refusal Failed(ReadOnlySpan<byte> body)
    {
        var said = JsonNode.Parse(body) ?? throw new JsonException("a worker says nothing of its failure");
        return new((int)said["status"]!, (string)said["code"]!, (string)said["message"]!)
        {
            Trace = (string?)said["trace"],
        };
    }

    private static Task WriteAsync(HttpContext http, Refusal refusal)
    {
        var answer = new JsonObject { ["error_code"] = refusal.Code, ["message"] = refusal.Message };
        if (refusal.Trace is { } trace)
        {
            answer["stack_trace"] = trace;
        }

        return WriteAsync(http, refusal.Status, json, Encoding.UTF8.GetBytes(answer.ToJsonString()));
    }

    private static async Task WriteAsync(HttpContext http, int status, string type, ReadOnlyMemory<byte> answer)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = answer.Length;
        await http.Response.BodyWriter.WriteAsync(answer);
    }
}
