using Braid.Gateway.MLflow.LoggedModels;
using Braid.Gateway.MLflow.Registry;
using Braid.Gateway.MLflow.Runs;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;

namespace Braid.Gateway.MLflow.Artifacts;

/// <summary>Downloads for browsers: one file of a run, a model version or a logged model.</summary>
internal static class ArtifactDownloads
{
    public static Task<Error?> OfRunAsync(StreamCall call, CancellationToken ct) =>
        SendAsync(
            call,
            "path",
            async read =>
            {
                var id = read.Fields.RequiredRun();
                return read.Fields.Problem is { } problem
                    ? problem
                    : (await read.RunViewAsync(id, ct)).Select(run => run.ArtifactUri);
            },
            ct
        );

    public static Task<Error?> OfVersionAsync(StreamCall call, CancellationToken ct) =>
        SendAsync(call, "path", async read => (await read.VersionAsync(ct)).Select(version => version.Uri), ct);

    public static Task<Error?> OfLoggedModelAsync(StreamCall call, CancellationToken ct) =>
        SendAsync(
            call,
            "artifact_file_path",
            async read => (await read.LoggedModelAsync(ct)).Select(model => model.Uri),
            ct
        );

    private static async Task<Error?> SendAsync(
        StreamCall call,
        string pathField,
        Func<Call, Task<Result<string>>> rootOf,
        CancellationToken ct
    )
    {
        var fields = await RequestReader.ReadAsync(call.Http, ct);
        if (!fields.IsOk)
        {
            return fields.Error;
        }

        var path = ArtifactPath.Read(fields.Value.Required(pathField));
        var root = await rootOf(new(call.Caller, fields.Value, call.Rooms));
        if ((fields.Value.Problem ?? path.Error ?? root.Error) is { } problem)
        {
            return problem;
        }

        return ArtifactPath.OfUri(root.Value) is { } folder
            ? await ArtifactBytes.SendAsync(call, ArtifactPath.Join(folder, path.Value), ct)
            : Errors.NotOffered(
                $"Reading '{root.Value}', which lies outside of this server's artifact store, is its owner's business: read it there."
            );
    }
}
