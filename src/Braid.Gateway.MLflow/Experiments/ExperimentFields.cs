using System.Globalization;
using Braid.Access.Callers;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Projects;

namespace Braid.Gateway.MLflow.Experiments;

/// <summary>An experiment is a project; its id is the project's small number.</summary>
internal static class ExperimentFields
{
    private const long defaultExperiment = 0;

    /// <summary>The project that a call names by its required <c>experiment_id</c>.</summary>
    public static async Task<Result<Project>> ExperimentAsync(this Call call, CancellationToken ct)
    {
        var id = call.Fields.Required("experiment_id");
        return call.Fields.Problem is { } problem ? problem : await call.ExperimentAsync(id, ct);
    }

    /// <summary>The project of an experiment id. To a job's program the default experiment is the job's own project.</summary>
    public static async Task<Result<Project>> ExperimentAsync(this Call call, string id, CancellationToken ct)
    {
        if (Number(id) is not { } number)
        {
            return Errors.Invalid($"Invalid experiment ID '{id}'. Experiment ID must be a valid integer.");
        }

        var projects = call.Rooms.Projects;
        var found = await (
            call.Caller is Caller.Job job && number == defaultExperiment
                ? projects.GetAsync(call.Caller, job.Project, ct)
                : projects.GetAsync(call.Caller, number, ct)
        );
        return found.NotFoundAs(NoExperiment(id));
    }

    /// <summary>The same project, unless it is deleted.</summary>
    public static Result<Project> MustBeActive(this Project project) =>
        project.Trashed is null
            ? project
            : Errors.Invalid(
                $"The experiment {project.Number} must be in the 'active' state. Current state is deleted."
            );

    public static string NoExperiment(string id) => $"No Experiment with id={id} exists";

    public static long? Number(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
