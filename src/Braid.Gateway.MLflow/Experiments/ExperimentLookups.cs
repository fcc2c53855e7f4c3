using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;

namespace Braid.Gateway.MLflow.Experiments;

/// <summary>Finds one experiment; deleted ones too.</summary>
internal static class ExperimentLookups
{
    public static async Task<Result<Answer>> GetAsync(Call call, CancellationToken ct) =>
        (await call.ExperimentAsync(ct)).Select(ExperimentJson.Answer);

    public static async Task<Result<Answer>> GetByNameAsync(Call call, CancellationToken ct)
    {
        var name = call.Fields.Required("experiment_name");
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Projects.GetAsync(call.Caller, name, ct);
        return found.NotFoundAs($"Could not find experiment with name '{name}'").Select(ExperimentJson.Answer);
    }
}
