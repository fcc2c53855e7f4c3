using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.ClearML.Auth;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Braid.Gateway.ClearML.Routing;

/// <summary>
/// Answers every request on the API's port, whatever its path and verb:
/// <list type="number">
/// <item>find the endpoint that the path and version ask for;</item>
/// <item>find out who asks;</item>
/// <item>read the body, and the query string into it;</item>
/// <item>let the endpoint answer;</item>
/// <item>put the envelope around its data, or around the error.</item>
/// </list>
/// </summary>
internal sealed partial class ApiServer(ClearMLRooms rooms, EndpointTable endpoints, ILogger<ApiServer> logger)
{
    private static readonly JsonWriterOptions format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task AnswerAsync(HttpContext http)
    {
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            return;
        }

        var route = EndpointPath.Parse(http.Request.Path.Value ?? "").Then(endpoints.Find); // 1
        var envelope = NewEnvelope(http.Request, route);
        try
        {
            var data = await DataAsync(http, route);
            await ReplyAsync(http, envelope, data);
        }
        catch (BadHttpRequestException error)
        {
            await ReplyAsync(http, envelope, Errors.BadRequest(error.Message));
        }
        catch (Exception error) when (Fault.Of(error) is { Kind: ErrorKind.InvalidArgument } mistake)
        {
            await ReplyAsync(http, envelope, mistake);
        }
        catch (Exception error) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            LogFailure(error, envelope.Endpoint, envelope.Id);
            if (Fault.Of(error) is { } fault)
            {
                await ReplyAsync(http, envelope, fault);
                return;
            }

            var message = $"General server error: request {envelope.Id} failed; the server's log says why";
            await WriteAsync(http, envelope, ReplyCode.ServerError, message, []);
        }
    }

    private async Task<Result<JsonObject>> DataAsync(HttpContext http, Result<Route> found)
    {
        if (!found.TryGet(out var route, out var error))
        {
            return error;
        }

        var caller = await CallerAsync(http.Request, route.Endpoint, http.RequestAborted); // 2
        if (!caller.IsOk && route.Endpoint.NeedsCaller)
        {
            return caller.Error;
        }

        var read = await ApiCall.ReadAsync(http, rooms, route, caller.IsOk ? caller.Value : null); // 3
        if (!read.TryGet(out var call, out var unreadable))
        {
            return unreadable;
        }

        using (call)
        {
            return await route.Endpoint.Handler(call, http.RequestAborted); // 4
        }
    }

    private async Task<Result<Caller>> CallerAsync(HttpRequest request, Endpoint endpoint, CancellationToken ct)
    {
        var sender = await CallerOf.ApiRequestAsync(request, rooms.Access, ct);
        return sender.IsOk && endpoint.MayBeForOthers
            ? await Impersonation.ApplyAsync(request, rooms, sender.Value, ct)
            : sender;
    }

    private static async Task ReplyAsync(HttpContext http, Envelope envelope, Result<JsonObject> data) // 5
    {
        if (http.Response.HasStarted)
        {
            return; // the endpoint wrote a file
        }

        if (data.TryGet(out var found, out var error))
        {
            await WriteAsync(http, envelope, ReplyCode.Ok, "OK", found);
        }
        else
        {
            await WriteAsync(http, envelope, ErrorCodes.For(error), error.Message, []);
        }
    }

    private static async Task WriteAsync(
        HttpContext http,
        Envelope envelope,
        ReplyCode code,
        string message,
        JsonObject data
    )
    {
        var body = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(body, format))
        {
            envelope.Write(json, code, message, data);
        }

        http.Response.StatusCode = code.Code;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.WrittenCount;
        await http.Response.Body.WriteAsync(body.WrittenMemory, http.RequestAborted);
    }

    private Envelope NewEnvelope(HttpRequest request, Result<Route> found)
    {
        var id = rooms.Ids.Next().ToString();
        return new()
        {
            Id = id,
            Transaction = request.Headers.ClearML("Trx") ?? id,
            Endpoint = found.IsOk ? found.Value.Endpoint.Name : request.Path.Value ?? "",
            RequestedVersion = found.IsOk ? found.Value.Requested.ToString() : "",
            ActualVersion = found.IsOk ? found.Value.Actual.ToString() : "",
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Endpoint} failed (request {Request})")]
    private partial void LogFailure(Exception error, string endpoint, string request);
}
