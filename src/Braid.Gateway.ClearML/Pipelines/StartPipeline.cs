using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Pipelines;

/// <summary>
/// <c>pipelines.start_pipeline</c>: another run of a pipeline, which is a clone of its controller with other arguments, numbered
/// by its name and put into a queue.
/// </summary>
internal static partial class StartPipeline
{
    private const string arguments = "Args";

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Task();
        var args = fields.Objects("args").Select(item => new Fields(item)).ToList();
        var given = args.ConvertAll(arg => (Name: arg.RequiredText("name"), Value: arg.Text("value") ?? ""));
        if ((fields.Problem ?? args.Find(arg => arg.Problem is not null)?.Problem) is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Runs.GetAsync(call.Caller, id, RunParts.Parameters, ct);
        if (!found.TryGet(out var source, out var error))
        {
            return error;
        }

        var name = await NextNameAsync(call, source, ct);
        if (!name.TryGet(out var next, out var unnamed))
        {
            return unnamed;
        }

        var clone = await CloneTask.HandleAsync(call.With(Clone(source, next, given)), ct);
        return clone.TryGet(out var made, out var refused)
            ? await EnqueueAsync(call, made["id"]!.GetValue<string>(), ct) // every clone has an id
            : refused;
    }

    private static async Task<Result<JsonObject>> EnqueueAsync(ApiCall call, string pipeline, CancellationToken ct)
    {
        var request = new JsonObject { ["task"] = pipeline };
        foreach (var field in (string[])["queue", "verify_watched_queue"])
        {
            request[field] = call.Fields.Json[field]?.DeepClone();
        }

        var queued = await EnqueueTask.EnqueueAsync(call.With(request), ct);
        return queued.Select(data =>
        {
            var reply = new JsonObject { ["pipeline"] = pipeline, ["enqueued"] = true };
            if (data["queue_watched"] is { } watched)
            {
                reply["queue_watched"] = watched.DeepClone();
            }

            return reply;
        });
    }

    private static JsonObject Clone(Run source, string name, List<(string Name, string Value)> args)
    {
        var parameters = HyperParameters.Of(source.Parameters);
        var section = parameters[arguments] as JsonObject ?? [];
        parameters[arguments] = section;
        foreach (var (argument, value) in args)
        {
            var item = section[argument] as JsonObject ?? [];
            item["value"] = value;
            section[argument] = item;
        }

        return new JsonObject
        {
            ["task"] = source.Id.ToString(),
            ["new_task_name"] = name,
            ["new_task_hyperparams"] = parameters,
        };
    }

    /// <summary>The pipeline's name with a number one higher than any that is in use.</summary>
    private static async Task<Result<string>> NextNameAsync(ApiCall call, Run source, CancellationToken ct)
    {
        var name = Number().Replace(source.Name, "");
        var query = new RunQuery
        {
            Projects = [source.ProjectId],
            Where = new Filter.Matches(RunFields.Name, $"^{Regex.Escape(name)} #[0-9]+$"),
            Parts = RunParts.None,
        };
        var found = await call.Rooms.Runs.QueryAsync(call.Caller, query, ct);
        return found.Select(page =>
        {
            var last = page.Items.Select(run => NumberOf(run.Name)).DefaultIfEmpty(1).Max();
            return string.Create(CultureInfo.InvariantCulture, $"{name} #{last + 1}");
        });
    }

    private static long NumberOf(string name) =>
        long.TryParse(
            name[(name.LastIndexOf('#') + 1)..],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : 0;

    [GeneratedRegex(" #[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
