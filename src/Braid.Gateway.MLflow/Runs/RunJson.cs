using System.Globalization;
using System.Text.Json;
using Braid.Gateway.MLflow.LoggedModels;
using Braid.Gateway.MLflow.Metrics;
using Braid.Gateway.MLflow.Wire;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>The protocol's form of a run.</summary>
internal static class RunJson
{
    public static Answer Answer(RunView view) => json => json.Object("run", body => Write(body, view));

    public static void Write(Utf8JsonWriter json, RunView view)
    {
        json.Object("info", info => WriteInfo(info, view));
        json.Object("data", data => WriteData(data, view.Run));
        json.Object("inputs", inputs => WriteInputs(inputs, view));
        json.Object("outputs", outputs => WriteOutputs(outputs, view.Run));
    }

    public static void WriteInfo(Utf8JsonWriter json, RunView view)
    {
        var run = view.Run;
        var id = run.Id.ToString();
        json.WriteString("run_uuid", id);
        json.WriteString("run_id", id);
        json.WriteString("run_name", run.Name);
        json.WriteString("experiment_id", run.ProjectNumber.ToString(CultureInfo.InvariantCulture));
        json.WriteString("user_id", run.User);
        json.WriteString("status", RunStatuses.NameOf(run.Status));
        json.Time("start_time", run.Started ?? run.Created);
        json.Time("end_time", run.Completed);
        json.WriteString("artifact_uri", view.ArtifactUri);
        json.WriteString("lifecycle_stage", run.Trashed is null ? "active" : "deleted");
    }

    private static void WriteData(Utf8JsonWriter json, Run run)
    {
        json.List("metrics", run.Metrics, (item, series) => MetricJson.Write(item, series.Name.Key, series.Last));
        json.Pairs(
            "params",
            run.Parameters.Select(parameter => KeyValuePair.Create(ParameterKeys.KeyOf(parameter), parameter.Value))
        );
        json.Pairs("tags", RunTags.Of(run));
    }

    private static void WriteInputs(Utf8JsonWriter json, RunView view)
    {
        json.List("dataset_inputs", DatasetJson.Of(view), DatasetJson.Write);
        json.List("model_inputs", ModelsOf(view.Run, RunModelKind.Input), (item, model) => WriteModel(item, model));
    }

    private static void WriteOutputs(Utf8JsonWriter json, Run run) =>
        json.List(
            "model_outputs",
            ModelsOf(run, RunModelKind.Output),
            (item, model) =>
            {
                WriteModel(item, model);
                item.WriteNumber("step", model.Step);
            }
        );

    private static IEnumerable<RunModel> ModelsOf(Run run, RunModelKind kind) =>
        run.Models.Where(model => model.Kind == kind);

    private static void WriteModel(Utf8JsonWriter json, RunModel model) =>
        json.WriteString("model_id", LoggedModelId.Of(model.Model));
}
