using System.Globalization;
using System.Text.Json;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Inputs;

namespace Braid.Gateway.MLflow.Experiments;

/// <summary>Lists the datasets that runs of experiments read.</summary>
internal static class DatasetSearch
{
    private const int mostExperiments = 20;

    public static async Task<Result<Answer>> SearchAsync(Call call, CancellationToken ct)
    {
        var experiments = call.Fields.Texts("experiment_ids");
        if ((call.Fields.Problem ?? Problem(experiments.Count)) is { } problem)
        {
            return problem;
        }

        var projects = await ExperimentSet.FindAsync(call, experiments, ct);
        if (!projects.IsOk)
        {
            return projects.Error;
        }

        var ids = projects.Value.Select(project => project.Id).ToList();
        var found = await call.Rooms.Inputs.DatasetsInAsync(call.Caller, ids, ct);
        return found.Select<Answer>(datasets => json => json.List("dataset_summaries", datasets, Write));
    }

    private static Error? Problem(int experiments) =>
        experiments switch
        {
            0 => Errors.Invalid("SearchDatasets request must specify at least one experiment_id."),
            > mostExperiments => Errors.Invalid(
                $"SearchDatasets request cannot specify more than {mostExperiments} experiment_ids."
                    + $" Received {experiments} experiment_ids."
            ),
            _ => null,
        };

    private static void Write(Utf8JsonWriter json, DatasetUse use)
    {
        json.WriteString("experiment_id", use.ProjectNumber.ToString(CultureInfo.InvariantCulture));
        json.WriteString("name", use.Name);
        json.WriteString("digest", use.Digest);
        json.Text("context", use.Context);
    }
}
