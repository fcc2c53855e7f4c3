using System.Globalization;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Projects;

namespace Braid.Gateway.MLflow.Experiments;

/// <summary>An experiment is a project; its id is the project's small number.</summary>
internal static class ExperimentFields
{
    /// <summary>The project that a call names by its required <c>experiment_id</c>.</summary>
    public static async Task<Result<Project>> ExperimentAsync(this Call call, CancellationToken ct)
    {
        var id = call.Fields.Required("experiment_id");
        return call.Fields.Problem is { } problem ? problem : await call.ExperimentAsync(id, ct);
    }

    /// <summary>The project of an experiment id.</summary>
    public static async Task<Result<Project>> ExperimentAsync(this Call call, string id, CancellationToken ct) =>
        Number(id) is { } number
            ? (await call.Rooms.Projects.GetAsync(call.Caller, number, ct)).NotFoundAs(
                $"No Experiment with id={id} exists"
            )
            : Errors.Invalid($"Invalid experiment ID '{id}'. Experiment ID must be a valid integer.");

    public static long? Number(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
