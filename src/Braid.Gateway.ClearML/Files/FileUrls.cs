using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Plots;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Files;

/// <summary>
/// Where the files of tasks and models that go away are (<c>return_file_urls</c>): read before they go. And whether the server
/// deletes them (<c>delete_external_artifacts</c>): those that it stores, unless it is told not to, in the transaction in
/// which the task goes.
/// </summary>
internal sealed class FileUrls
{
    private const int atOnce = 500;

    private readonly SortedSet<string> artifacts = new(StringComparer.Ordinal);
    private readonly SortedSet<string> events = new(StringComparer.Ordinal);
    private readonly SortedSet<string> models = new(StringComparer.Ordinal);

    /// <summary>What the request wants of the files.</summary>
    public static StoredFiles Fate(Fields fields) =>
        fields.Flag("delete_external_artifacts") == false ? StoredFiles.Stay : StoredFiles.Go;

    /// <summary>Null unless the request asks for them.</summary>
    public static FileUrls? Asked(Fields fields) => fields.Flag("return_file_urls") == true ? new() : null;

    public void AddModels(IEnumerable<string> uris) => models.UnionWith(uris.Where(uri => uri.Length > 0));

    /// <summary>The addresses of a task's output artifacts, debug images and of the images in its plots.</summary>
    public async Task<Error?> AddTaskAsync(ApiCall call, RunId task, CancellationToken ct)
    {
        var found = await call.Rooms.Runs.GetAsync(call.Caller, task, RunParts.Artifacts, ct);
        if (!found.TryGet(out var run, out var error))
        {
            return error;
        }

        artifacts.UnionWith(
            run.Artifacts.Where(one => one.Mode == "output" && one.Uri.Length > 0).Select(one => one.Uri)
        );
        return await AddEventsAsync(call, task, ct);
    }

    public JsonObject ToJson() =>
        new()
        {
            ["model_urls"] = List(models),
            ["artifact_urls"] = List(artifacts),
            ["event_urls"] = List(events),
        };

    private async Task<Error?> AddEventsAsync(ApiCall call, RunId task, CancellationToken ct)
    {
        var query = new PlotQuery([SeriesOwner.Of(task)], Kind: null) { Limit = atOnce };
        while (true)
        {
            var listed = await call.Rooms.Plots.ListAsync(call.Caller, query, ct);
            if (!listed.TryGet(out var page, out var error))
            {
                return error;
            }

            events.UnionWith(page.Items.SelectMany(UrlsOf));
            if (!page.More)
            {
                return null;
            }

            query = query with { Offset = query.Offset + atOnce };
        }
    }

    private static IEnumerable<string> UrlsOf(PlotEvent shown)
    {
        var content = Replies.Documents.ParseObject(shown.Content);
        return shown.Kind == PlotKind.DebugSample
            ? Texts([content["url"]])
            : Texts(ImagesOf(PlotOf(content)).Select(image => image["source"]));
    }

    private static IEnumerable<JsonObject> ImagesOf(JsonObject? plot) =>
        ((plot?["layout"] as JsonObject)?["images"] as JsonArray ?? []).OfType<JsonObject>();

    private static JsonObject? PlotOf(JsonObject content) =>
        Texts([content["plot_str"]]).FirstOrDefault() is { } text ? TryParse(text) : null;

    /// <summary>A client's plot may be anything.</summary>
    private static JsonObject? TryParse(string text)
    {
        try
        {
            return LenientJson.Parse(Encoding.UTF8.GetBytes(text)) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Texts(IEnumerable<JsonNode?> values) =>
        values
            .OfType<JsonValue>()
            .Select(value => value.TryGetValue(out string? text) ? text : null)
            .OfType<string>()
            .Where(text => text.Length > 0 && !text.StartsWith("data:", StringComparison.Ordinal));

    private static JsonArray List(IEnumerable<string> urls) => [.. urls.Select(url => (JsonNode)url)];
}
