using Braid.Primitives;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Braid.Gateway.MLflow.Wire;

/// <summary>
/// Takes one request through the door:
/// <list type="number">
/// <item>find out who calls;</item>
/// <item>read the fields;</item>
/// <item>let the endpoint's handler ask the domain;</item>
/// <item>write the answer, or the refusal by <see cref="ErrorTable"/>.</item>
/// </list>
/// </summary>
internal sealed partial class Dispatcher(Rooms rooms, ILogger logger)
{
    public Task ServeAsync(Endpoint endpoint, HttpContext http) =>
        endpoint switch
        {
            Endpoint.Plain plain => PlainAsync(plain, http),
            Endpoint.Json json => KnockAsync(http, caller => JsonAsync(json, caller, http)),
            Endpoint.Stream stream => KnockAsync(http, caller => StreamAsync(stream, caller, http)),
            Endpoint.Ticketed open => GuardedAsync(http, () => open.Handler(http, rooms, http.RequestAborted)),
            Endpoint.Refused refused => RefuseAsync(http, Errors.NotOffered(refused.Why)),
            _ => throw new InvalidOperationException($"no way to serve {endpoint}"),
        };

    /// <summary>Writes a refusal in the protocol's form.</summary>
    public static Task RefuseAsync(HttpContext http, Error error)
    {
        var (status, _) = ErrorTable.Of(error);
        if (status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = Knock.Challenge;
        }

        return Answers.SendAsync(http.Response, status, ErrorTable.Body(error), http.RequestAborted);
    }

    private Task KnockAsync(HttpContext http, Func<Access.Callers.Caller, Task<Error?>> serve) =>
        GuardedAsync(
            http,
            async () =>
            {
                // 1. Who calls?
                var caller = await Knock.WhoAsync(rooms.Authenticator, http.Request, http.RequestAborted);
                return caller.IsOk ? await serve(caller.Value) : caller.Error;
            }
        );

    private async Task GuardedAsync(HttpContext http, Func<Task<Error?>> serve)
    {
        try
        {
            if (await serve() is { } error)
            {
                await RefuseAsync(http, error);
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client hung up: there is nobody to answer.
        }
        catch (BadHttpRequestException broken)
        {
            await BreakOffAsync(http, Errors.Invalid(broken.Message));
        }
        catch (Exception bug)
        {
            Failed(logger, http.Request.Method, http.Request.Path, bug);
            await BreakOffAsync(http, Fault.Of(bug) ?? Errors.Internal());
        }
    }

    private async Task<Error?> JsonAsync(Endpoint.Json endpoint, Access.Callers.Caller caller, HttpContext http)
    {
        var ct = http.RequestAborted;
        // 2. What is asked?
        var fields = await RequestReader.ReadAsync(http, ct);
        if (!fields.IsOk)
        {
            return fields.Error;
        }

        // 3. The domain's word.
        var result = await endpoint.Handler(new(caller, fields.Value, rooms), ct);
        if (!result.TryGet(out var answer, out var error))
        {
            return error;
        }

        // 4. The answer.
        await Answers.SendAsync(http.Response, StatusCodes.Status200OK, answer, ct);
        return null;
    }

    private Task<Error?> StreamAsync(Endpoint.Stream endpoint, Access.Callers.Caller caller, HttpContext http) =>
        endpoint.Handler(new(caller, http, rooms), http.RequestAborted);

    private static Task PlainAsync(Endpoint.Plain plain, HttpContext http)
    {
        http.Response.ContentType = plain.ContentType;
        return http.Response.WriteAsync(plain.Text, http.RequestAborted);
    }

    /// <summary>An answer that has begun cannot be taken back: then the connection ends, so that nobody takes half for whole.</summary>
    private static Task BreakOffAsync(HttpContext http, Error error)
    {
        if (!http.Response.HasStarted)
        {
            return RefuseAsync(http, error);
        }

        http.Abort();
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void Failed(ILogger logger, string method, string path, Exception error);
}
