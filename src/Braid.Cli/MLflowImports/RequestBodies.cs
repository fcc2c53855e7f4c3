using System.Text.Json.Nodes;
using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports;

/// <summary>A source's records as the server's import calls take them.</summary>
internal static class RequestBodies
{
    public static JsonObject Of(SourceRun run, string experiment) =>
        new()
        {
            ["experiment_id"] = experiment,
            ["run_id"] = run.Id,
            ["run_name"] = run.Name,
            ["user_id"] = run.User,
            ["status"] = run.Status,
            ["start_time"] = run.Started,
            ["end_time"] = run.Ended,
            ["lifecycle_stage"] = Stage(run.IsDeleted),
            ["params"] = Pairs(run.Parameters),
            ["tags"] = Pairs(run.Tags),
            ["datasets"] = List(run.Datasets, Dataset),
            ["input_models"] = List(run.InputModels, Link),
            ["output_models"] = List(run.OutputModels, Link),
        };

    public static JsonObject Of(SourceModel model, string experiment) =>
        new()
        {
            ["experiment_id"] = experiment,
            ["model_id"] = model.Id,
            ["name"] = model.Name,
            ["model_type"] = model.Type,
            ["status"] = model.Status,
            ["status_message"] = model.StatusMessage,
            ["source_run_id"] = model.RunId,
            ["creation_timestamp_ms"] = model.Created,
            ["last_updated_timestamp_ms"] = model.Updated,
            ["lifecycle_stage"] = Stage(model.IsDeleted),
            ["params"] = Pairs(model.Parameters),
            ["tags"] = Pairs(model.Tags),
        };

    public static JsonObject Of(SourceName name) =>
        new()
        {
            ["name"] = name.Name,
            ["description"] = name.Description,
            ["creation_timestamp"] = name.Created,
            ["last_updated_timestamp"] = name.Updated,
            ["tags"] = Pairs(name.Tags),
            ["aliases"] = List(name.Aliases, one => new() { ["alias"] = one.Key, ["version"] = one.Value }),
            ["versions"] = List(name.Versions, Version),
        };

    private static JsonObject Version(SourceVersion version) =>
        new()
        {
            ["version"] = version.Number,
            ["source"] = version.Source,
            ["run_id"] = version.RunId,
            ["run_link"] = version.RunLink,
            ["model_id"] = version.ModelId,
            ["current_stage"] = version.Stage,
            ["status"] = version.Status,
            ["status_message"] = version.StatusMessage,
            ["user_id"] = version.User,
            ["description"] = version.Description,
            ["creation_timestamp"] = version.Created,
            ["last_updated_timestamp"] = version.Updated,
            ["tags"] = Pairs(version.Tags),
        };

    private static JsonObject Dataset(SourceDataset dataset) =>
        new()
        {
            ["dataset"] = new JsonObject
            {
                ["name"] = dataset.Name,
                ["digest"] = dataset.Digest,
                ["source_type"] = dataset.Type,
                ["source"] = dataset.Source,
                ["schema"] = dataset.Schema,
                ["profile"] = dataset.Profile,
            },
            ["tags"] = Pairs(dataset.Tags),
        };

    private static JsonObject Link(SourceLink link) => new() { ["model_id"] = link.ModelId, ["step"] = link.Step };

    private static JsonArray Pairs(IEnumerable<Pair> pairs) =>
        List(pairs, pair => new() { ["key"] = pair.Key, ["value"] = pair.Value });

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonObject> write) =>
        [.. items.Select(item => (JsonNode)write(item))];

    private static string Stage(bool isDeleted) => isDeleted ? "deleted" : "active";
}
