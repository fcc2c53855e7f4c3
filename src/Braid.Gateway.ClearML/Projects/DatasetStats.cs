using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Projects;

/// <summary>
/// <c>include_dataset_stats</c>: how many files the newest version of each dataset has and how large they are, which the client
/// that made the version wrote into its runtime.
/// </summary>
internal static class DatasetStats
{
    private static readonly Filter versions =
        new Filter.HasLabel(SystemTags.Dataset, System: true) & !new Filter.HasLabel(SystemTags.Archived, System: true);

    /// <summary>Adds <c>dataset_stats</c> to the documents of projects in which there is a version.</summary>
    public static async Task<Error?> AddAsync(
        ApiCall call,
        IReadOnlyList<Project> projects,
        IReadOnlyList<JsonObject> documents,
        CancellationToken ct
    )
    {
        var query = new RunQuery
        {
            Projects = [.. projects.Select(project => project.Id)],
            Where = versions,
            Parts = RunParts.None,
        };
        var found = await call.Rooms.Runs.NewestByProjectAsync(call.Caller, query, ct);
        if (!found.TryGet(out var newest, out var error))
        {
            return error;
        }

        var byProject = newest.ToDictionary(run => run.ProjectId);
        foreach (var (project, document) in projects.Zip(documents))
        {
            if (byProject.TryGetValue(project.Id, out var version))
            {
                document["dataset_stats"] = Of(Documents.ParseObject(version.Documents.Runtime));
            }
        }

        return null;
    }

    private static JsonObject Of(JsonObject runtime) =>
        new() { ["file_count"] = Whole(runtime["ds_file_count"]), ["total_size"] = Whole(runtime["ds_total_size"]) };

    private static long Whole(JsonNode? node) =>
        node is JsonValue value
        && long.TryParse(
            Fields.AsText(value),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var whole
        )
            ? whole
            : 0;
}
