using Braid.Gateway.MLflow.LoggedModels;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;

namespace Braid.Gateway.MLflow.Artifacts;

/// <summary>Finds out whose artifact a path is: a run's (<c>.../RUN/artifacts/...</c>), or the run's of a logged model.</summary>
internal static class ArtifactOwner
{
    private const string folder = "artifacts";

    public static async Task<Result<RunId?>> OfAsync(StreamCall call, string path, CancellationToken ct)
    {
        var segments = path.Split('/');
        foreach (var (segment, next) in segments.Zip(segments.Skip(1)).Where(pair => pair.Second == folder))
        {
            if (RunId.TryParse(segment, out var run))
            {
                return run;
            }

            if (LoggedModelId.TryParse(segment, out var model))
            {
                return await RunOfAsync(call, model, ct);
            }
        }

        return (RunId?)null;
    }

    private static async Task<Result<RunId?>> RunOfAsync(StreamCall call, ModelId id, CancellationToken ct)
    {
        var model = await call.Rooms.Models.GetAsync(call.Caller, id, ct);
        return model.Error is { Kind: ErrorKind.NotFound } ? (RunId?)null : model.Select(found => found.RunId);
    }
}
