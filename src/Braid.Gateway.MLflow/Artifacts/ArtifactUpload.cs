using Braid.Gateway.MLflow.Runs;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.MLflow.Artifacts;

/// <summary>A browser's upload of one small file into a run's artifacts.</summary>
internal static class ArtifactUpload
{
    private const int most = 10 << 20;

    public static async Task<Error?> OfRunAsync(StreamCall call, CancellationToken ct)
    {
        var request = call.Http.Request;
        var path = ArtifactPath.Read(request.Query["path"]);
        if ((Problem(request) ?? path.Error) is { } problem)
        {
            return problem;
        }

        var fields = RequestReader.OfQuery(request);
        var id = fields.RequiredRun();
        var run = fields.Problem is { } wrong
            ? wrong
            : await new Call(call.Caller, fields, call.Rooms).RunViewAsync(id, ct);
        if (!run.TryGet(out var view, out var error))
        {
            return error;
        }

        if (ArtifactPath.OfUri(view.ArtifactUri) is not { } folder)
        {
            return Errors.NotOffered(
                $"'{view.ArtifactUri}' lies outside of this server's artifact store: upload it there."
            );
        }

        var place = ArtifactPath.Join(folder, path.Value);
        var put = await call.Rooms.Artifacts.PutAsync(call.Caller, ArtifactSpaces.MLflow, place, request.Body, id, ct);
        if (put.IsOk)
        {
            call.Http.Response.ContentLength = 0;
        }

        return put.Error;
    }

    private static Error? Problem(HttpRequest request) =>
        string.IsNullOrEmpty(request.Query["run_uuid"]) ? Errors.Invalid("Request must specify run_uuid.")
        : string.IsNullOrEmpty(request.Query["path"]) ? Errors.Invalid("Request must specify path.")
        : request.ContentLength > most ? Errors.Invalid("Artifact size is too large. Max size is 10MB.")
        : request.ContentLength is null or 0 ? Errors.Invalid("Request must specify data.")
        : null;
}
