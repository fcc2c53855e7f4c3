using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Braid.Gateway.MLflow.Artifacts;

/// <summary>Uploads, downloads and deletes artifacts; bytes go straight from the connection to the store and back.</summary>
internal static class ArtifactBytes
{
    public static async Task<Error?> PutAsync(StreamCall call, CancellationToken ct)
    {
        call.Http.LiftBodyLimit(); // an artifact may have any size
        var path = PathOf(call);
        if (!path.IsOk)
        {
            return path.Error;
        }

        var owner = await ArtifactOwner.OfAsync(call, path.Value, ct);
        if (!owner.IsOk)
        {
            return owner.Error;
        }

        var body = call.Http.Request.Body;
        var put = await call.Rooms.Artifacts.PutAsync(
            call.Caller,
            ArtifactSpaces.MLflow,
            path.Value,
            body,
            owner.Value,
            ct
        );
        return put.Error ?? await DoneAsync(call, ct);
    }

    public static async Task<Error?> GetAsync(StreamCall call, CancellationToken ct)
    {
        var path = PathOf(call);
        return path.IsOk ? await SendAsync(call, path.Value, ct) : path.Error;
    }

    /// <summary>What is not there is deleted already.</summary>
    public static async Task<Error?> DeleteAsync(StreamCall call, CancellationToken ct)
    {
        var path = PathOf(call);
        if (!path.IsOk)
        {
            return path.Error;
        }

        var gone = await call.Rooms.Artifacts.DeleteAsync(call.Caller, ArtifactSpaces.MLflow, path.Value, ct);
        return gone.Error is { Kind: not ErrorKind.NotFound } error ? error : await DoneAsync(call, ct);
    }

    /// <summary>
    /// Sends a stored file as an attachment, never to be shown by a browser as a page of this server; ranges and conditions of
    /// the request are honoured.
    /// </summary>
    public static async Task<Error?> SendAsync(StreamCall call, string path, CancellationToken ct)
    {
        var opened = await call.Rooms.Artifacts.OpenAsync(call.Caller, ArtifactSpaces.MLflow, path, ct);
        if (!opened.TryGet(out var open, out var error))
        {
            return error;
        }

        call.Http.Response.Headers.XContentTypeOptions = "nosniff";
        await TypedResults
            .Stream(
                open.Content,
                ContentTypes.Of(path),
                open.File.Name,
                open.File.Modified,
                new EntityTagHeaderValue($"\"{open.File.ContentId}\""),
                enableRangeProcessing: true
            )
            .ExecuteAsync(call.Http);
        return null;
    }

    private static Result<string> PathOf(StreamCall call)
    {
        // Routing leaves an escaped slash escaped, lest it make a segment: in a name it can only be hostile.
        var path = ArtifactPath.Read(call.Http.GetRouteValue("path")?.ToString());
        return path is { IsOk: true, Value.Length: 0 } ? Errors.Missing("path") : path;
    }

    private static async Task<Error?> DoneAsync(StreamCall call, CancellationToken ct)
    {
        await Answers.SendAsync(call.Http.Response, StatusCodes.Status200OK, Answers.Empty, ct);
        return null;
    }
}
