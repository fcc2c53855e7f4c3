using System.Text.Json.Nodes;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web;

/// <summary>JSON answers: what was asked for, or an error as <c>{"code", "message"}</c> with its HTTP status.</summary>
internal static class Answer
{
    public static Task SendAsync(HttpContext context, Result<JsonObject> result)
    {
        if (!result.IsOk)
        {
            context.Response.StatusCode = StatusOf(result.Error.Kind);
        }

        var body = result.IsOk
            ? result.Value
            : new() { ["code"] = result.Error.Code, ["message"] = result.Error.Message };
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    /// <summary>The run that the path names; anything but 32 hex digits is a run that does not exist.</summary>
    public static Result<RunId> RunOf(HttpContext context)
    {
        var text = (string?)context.Request.RouteValues["id"];
        return RunId.TryParse(text, out var id) ? id : NoSuchRun(text);
    }

    public static Error NoSuchRun(string? text) =>
        new(ErrorKind.NotFound, "web.no-such-run", $"there is no run '{text}': a run's id is 32 hex digits");

    /// <summary>JSON has no word for NaN and the infinities: null stands for them.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    public static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> write) => [.. items.Select(write)];

    private static int StatusOf(ErrorKind kind) =>
        kind switch
        {
            ErrorKind.InvalidArgument => StatusCodes.Status400BadRequest,
            ErrorKind.NotFound => StatusCodes.Status404NotFound,
            ErrorKind.AlreadyExists or ErrorKind.Conflict or ErrorKind.FailedPrecondition =>
                StatusCodes.Status409Conflict,
            ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
            ErrorKind.PermissionDenied => StatusCodes.Status403Forbidden,
            ErrorKind.ResourceExhausted => StatusCodes.Status429TooManyRequests,
            ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            ErrorKind.Unimplemented => StatusCodes.Status501NotImplemented,
            ErrorKind.NoSpace => StatusCodes.Status507InsufficientStorage,
            ErrorKind.DiskFailed or ErrorKind.DataLoss => StatusCodes.Status500InternalServerError,
            _ => throw new InvalidOperationException($"no status for {kind}"),
        };
}
