using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Events;
using Braid.Gateway.ClearML.Models;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Routing;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Reports;

/// <summary>
/// <c>reports.get_task_data</c>: 1 the tasks (or with <c>model_events</c> the models) that the query finds; 2 of their events each
/// kind that the request has options for, as the endpoint of that kind answers.
/// </summary>
internal static class ReportData
{
    private static readonly (string Name, Ask Ask, EndpointHandler Handler, string Answer)[] kinds =
    [
        ("plots", OfTasks, GetPlotsOfTasks.HandleAsync, "plots"),
        ("debug_images", OfEachMetric, BrowseIterations.OfImagesAsync, "metrics"),
        ("scalar_metrics_iter_histogram", OfTasks, ScalarHistogram.OfManyAsync, "metrics"),
        ("single_value_metrics", OfTasks, SingleValues.HandleAsync, "tasks"),
    ];

    private delegate JsonObject Ask(JsonObject options, IReadOnlyList<string> ids);

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var isOfModels = call.Fields.Flag("model_events") == true;
        var listed = await (isOfModels ? ListModels.HandleAsync(call, ct) : ListTasks.HandleAsync(call, ct)); // 1
        if (!listed.TryGet(out var found, out var error))
        {
            return error;
        }

        var tasks = found[isOfModels ? "models" : "tasks"]!.AsArray();
        IReadOnlyList<string> ids = [.. tasks.Select(task => task!["id"]!.GetValue<string>())];
        var data = new JsonObject { ["tasks"] = tasks.DeepClone() };
        foreach (var (name, ask, handler, answer) in kinds)
        {
            if (call.Fields.Object(name) is not { } options)
            {
                continue;
            }

            var asked = ask(options, ids);
            asked["model_events"] = isOfModels;
            var told = await handler(call.With(asked), ct); // 2
            if (!told.TryGet(out var events, out var refused))
            {
                return refused;
            }

            data[name] = events[answer]?.DeepClone();
        }

        return call.Fields.Problem is { } problem ? problem : data;
    }

    /// <summary>The options with whose events are meant.</summary>
    private static JsonObject OfTasks(JsonObject options, IReadOnlyList<string> ids)
    {
        var json = options.DeepClone().AsObject();
        json["tasks"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]);
        return json;
    }

    /// <summary>The same where each of <c>metrics</c> says whose it is.</summary>
    private static JsonObject OfEachMetric(JsonObject options, IReadOnlyList<string> ids)
    {
        var json = options.DeepClone().AsObject();
        IReadOnlyList<JsonObject> metrics = new Fields(options).Objects("metrics") is { Count: > 0 } some
            ? some
            :
            [
                [],
            ];
        json["metrics"] = new JsonArray([.. ids.SelectMany(id => metrics.Select(metric => OfTask(metric, id)))]);
        return json;
    }

    private static JsonObject OfTask(JsonObject metric, string id)
    {
        var json = metric.DeepClone().AsObject();
        json["task"] = id;
        return json;
    }
}
