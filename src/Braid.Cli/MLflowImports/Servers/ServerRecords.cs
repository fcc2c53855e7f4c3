using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports.Servers;

/// <summary>What MLflow's REST API answers, as records.</summary>
internal static class ServerRecords
{
    public static SourceRun Run(JsonObject run)
    {
        var (info, data) = (run.Object("info"), run.Object("data"));
        var (inputs, outputs) = (run.Object("inputs"), run.Object("outputs"));
        return new(info.Text("run_id"))
        {
            Name = info.Text("run_name"),
            User = info.Text("user_id"),
            Status = info.Text("status"),
            Started = info.Time("start_time"),
            Ended = info.Time("end_time"),
            IsDeleted = info.Text("lifecycle_stage") == "deleted",
            ArtifactUri = info.Text("artifact_uri"),
            Parameters = data.Pairs("params"),
            Tags = data.Pairs("tags"),
            Datasets = [.. inputs.Objects("dataset_inputs").Select(Dataset)],
            InputModels = [.. inputs.Objects("model_inputs").Select(Link)],
            OutputModels = [.. outputs.Objects("model_outputs").Select(Link)],
            MetricKeys = [.. data.Objects("metrics").Select(metric => metric.Text("key"))],
        };
    }

    public static SourcePoint Point(JsonObject point) =>
        new(point.Text("key"), point.Time("timestamp") ?? 0, point.Time("step") ?? 0, Number(point["value"]));

    public static SourceModel Model(JsonObject model)
    {
        var (info, data) = (model.Object("info"), model.Object("data"));
        return new(info.Text("model_id"))
        {
            Name = info.Text("name"),
            Type = info.Text("model_type"),
            Status = info.Text("status"),
            StatusMessage = info.Text("status_message"),
            RunId = info.Text("source_run_id"),
            ArtifactUri = info.Text("artifact_uri"),
            Created = info.Time("creation_timestamp_ms") ?? 0,
            Updated = info.Time("last_updated_timestamp_ms") ?? 0,
            Parameters = data.Pairs("params"),
            Tags = info.Pairs("tags"),
            Points = [.. data.Objects("metrics").Select(Point).Distinct()],
        };
    }

    public static SourceName Name(JsonObject name, IEnumerable<JsonObject> versions) =>
        new(name.Text("name"))
        {
            Description = name.Text("description"),
            Created = name.Time("creation_timestamp") ?? 0,
            Updated = name.Time("last_updated_timestamp") ?? 0,
            Tags = name.Pairs("tags"),
            Aliases = [.. name.Objects("aliases").Select(one => new Pair(one.Text("alias"), one.Text("version")))],
            Versions =
            [
                .. versions.Select(Version).OrderBy(version => version.Number.Length).ThenBy(version => version.Number),
            ],
        };

    private static SourceVersion Version(JsonObject version) =>
        new(version.Text("version"))
        {
            Source = version.Text("source"),
            RunId = version.Text("run_id"),
            RunLink = version.Text("run_link"),
            ModelId = version.Text("model_id"),
            Stage = version.Text("current_stage"),
            Status = version.Text("status"),
            StatusMessage = version.Text("status_message"),
            User = version.Text("user_id"),
            Description = version.Text("description"),
            Created = version.Time("creation_timestamp") ?? 0,
            Updated = version.Time("last_updated_timestamp") ?? 0,
            Tags = version.Pairs("tags"),
        };

    private static SourceDataset Dataset(JsonObject input)
    {
        var dataset = input.Object("dataset");
        return new(dataset.Text("name"), dataset.Text("digest"), dataset.Text("source_type"), dataset.Text("source"))
        {
            Schema = dataset.OptionalText("schema"),
            Profile = dataset.OptionalText("profile"),
            Tags = input.Pairs("tags"),
        };
    }

    private static SourceLink Link(JsonObject link) => new(link.Text("model_id"), link.Time("step") ?? 0);

    private static double Number(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            JsonValueKind.Number => MetricValues.Clamped(value.GetValue<double>()),
            JsonValueKind.String
                when double.TryParse(
                    value.GetValue<string>(),
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out var number
                ) => MetricValues.Clamped(number),
            _ => double.NaN,
        };
}
