using Braid.Access.Callers;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;

namespace Braid.Gateway.MLflow.Experiments;

/// <summary>Finds one experiment; deleted ones too.</summary>
internal static class ExperimentLookups
{
    public static async Task<Result<Answer>> GetAsync(Call call, CancellationToken ct) =>
        (await call.ExperimentAsync(ct)).Select(ExperimentJson.Answer);

    /// <summary>A job's program finds the job's own project, whatever experiment it names.</summary>
    public static async Task<Result<Answer>> GetByNameAsync(Call call, CancellationToken ct)
    {
        var name = call.Fields.Required("experiment_name");
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var projects = call.Rooms.Projects;
        var found = await (
            call.Caller is Caller.Job
                ? projects.EnsureAsync(call.Caller, name, ct)
                : projects.GetAsync(call.Caller, name, ct)
        );
        return found.NotFoundAs($"Could not find experiment with name '{name}'").Select(ExperimentJson.Answer);
    }
}
