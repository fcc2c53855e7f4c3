using Braid.Access.Callers;
using Braid.Gateway.ClearML.Auth;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Braid.Gateway.ClearML.Files;

/// <summary>
/// Answers every request on the file server's port: 1 a bare GET / is a ping; 2 find out who asks; 3 upload, download or
/// delete; 4 an error is a line of text.
/// </summary>
internal sealed partial class FileServer(ClearMLRooms rooms, ILogger<FileServer> logger)
{
    private const string deleteMany = "/delete_many";

    public async Task AnswerAsync(HttpContext http)
    {
        try
        {
            if (IsPing(http.Request)) // 1
            {
                await http.Response.WriteAsync("OK", http.RequestAborted);
                return;
            }

            var caller = await CallerOf.FileRequestAsync(http.Request, rooms.Access, http.RequestAborted); // 2
            var refused = caller.TryGet(out var who, out var error) ? await ServeAsync(http, who) : error; // 3
            if (refused is not null)
            {
                await RefuseAsync(http, StatusOf(refused), refused.Message); // 4
            }
        }
        catch (BadHttpRequestException error) when (!http.Response.HasStarted)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, error.Message);
        }
        catch (Exception error) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            LogFailure(error, http.Request.Method, http.Request.Path);
            var (status, message) = Fault.Of(error) is { } fault
                ? (StatusOf(fault), fault.Message)
                : (StatusCodes.Status500InternalServerError, "the server failed; its log says why");
            await RefuseAsync(http, status, message);
        }
    }

    private Task<Error?> ServeAsync(HttpContext http, Caller caller)
    {
        var request = http.Request;
        if (HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method))
        {
            return request.Path.Value == deleteMany
                ? FileDeletion.ManyAsync(http, rooms, caller)
                : FileUpload.ReceiveAsync(http, rooms, caller);
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return FileDownload.SendAsync(http, rooms, caller);
        }

        return HttpMethods.IsDelete(request.Method)
            ? FileDeletion.OneAsync(http, rooms, caller)
            : Task.FromResult<Error?>(Errors.BadRequest($"{request.Method} is not a verb of the file server"));
    }

    private static bool IsPing(HttpRequest request) =>
        request.Path.Value is null or "" or "/"
        && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));

    private static int StatusOf(Error error) =>
        error.Kind switch
        {
            ErrorKind.NotFound => StatusCodes.Status404NotFound,
            // A path that leaves the tree is as little there as any other missing one.
            ErrorKind.InvalidArgument when error.Code == "tracking.bad-path" => StatusCodes.Status404NotFound,
            ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
            ErrorKind.PermissionDenied => StatusCodes.Status403Forbidden,
            ErrorKind.NoSpace => StatusCodes.Status507InsufficientStorage,
            ErrorKind.DiskFailed or ErrorKind.DataLoss => StatusCodes.Status500InternalServerError,
            _ => StatusCodes.Status400BadRequest,
        };

    private static Task RefuseAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(message, http.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Verb} {Path} failed on the file server")]
    private partial void LogFailure(Exception error, string verb, string path);
}
