using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Queues;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking.Workers;

namespace Braid.Gateway.ClearML.Workers;

/// <summary><c>workers.register</c>, <c>status_report</c>, <c>unregister</c>: what a worker says of itself.</summary>
internal static class ReadWorker
{
    private const string total = "total";

    public static async Task<Result<JsonObject>> RegisterAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var usual = new NewWorker("");
        var worker = new NewWorker(fields.RequiredText("worker"))
        {
            Address = Address(call),
            Timeout = fields.Whole("timeout") is { } seconds
                ? TimeSpan.FromSeconds(Math.Clamp(seconds, 1, int.MaxValue))
                : usual.Timeout,
            Queues = fields.Queues("queues") ?? [],
            Labels = fields.Names("tags"),
            SystemLabels = fields.Names("system_tags"),
        };
        return fields.Problem is { } problem
            ? problem
            : (await call.Rooms.Workers.RegisterAsync(call.Caller, worker, ct)).Select(_ => new JsonObject());
    }

    public static async Task<Result<JsonObject>> ReportAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var report = new WorkerReport(fields.RequiredText("worker"))
        {
            Address = Address(call),
            Run = fields.OptionalTask("task"),
            Queue = fields.OptionalQueue(),
            Queues = fields.Queues("queues"),
            Labels = fields.Has("tags") ? fields.Names("tags") : null,
            SystemLabels = fields.Has("system_tags") ? fields.Names("system_tags") : null,
            Samples = fields.Object("machine_stats") is { } stats ? [.. Samples(stats)] : [],
        };
        return fields.Problem is { } problem
            ? problem
            : (await call.Rooms.Workers.ReportAsync(call.Caller, report, ct)).Select(_ => new JsonObject());
    }

    public static async Task<Result<JsonObject>> UnregisterAsync(ApiCall call, CancellationToken ct)
    {
        var name = call.Fields.RequiredText("worker");
        return call.Fields.Problem is { } problem
            ? problem
            : (await call.Rooms.Workers.UnregisterAsync(call.Caller, name, ct)).Select(_ => new JsonObject());
    }

    /// <summary>Where a worker is.</summary>
    public static string Address(ApiCall call) => call.Http.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <summary>A number is of the whole machine, a list has one for each processor or GPU; what is neither is left out.</summary>
    private static IEnumerable<WorkerSample> Samples(JsonObject stats) =>
        stats.SelectMany(stat =>
            stat.Value switch
            {
                JsonArray each => each.Select((value, i) => (Variant: $"{i}", Value: value))
                    .Where(item => IsNumber(item.Value))
                    .Select(item => new WorkerSample(stat.Key, item.Variant, item.Value!.GetValue<double>())),
                { } one when IsNumber(one) => [new(stat.Key, total, one.GetValue<double>())],
                _ => [],
            }
        );

    private static bool IsNumber(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number;
}
