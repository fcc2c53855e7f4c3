using System.Text.Json.Nodes;
using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports.Folders;

/// <summary>A run's folder, but for its points and files.</summary>
internal static class FolderRun
{
    /// <summary>A status's number, from 1.</summary>
    private static readonly string[] statuses = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"];

    public static SourceRun Read(string folder, string experiment, string id, JsonObject meta)
    {
        var inputs = Metas(Path.Combine(folder, "inputs")).ToList();
        return new(id)
        {
            Name = meta.Text("run_name") is { Length: > 0 } name ? name : meta.Text("name"),
            User = meta.Text("user_id"),
            Status = Status(meta.Text("status")),
            Started = meta.Time("start_time"),
            Ended = meta.Time("end_time"),
            IsDeleted = meta.Text("lifecycle_stage") == "deleted",
            ArtifactUri = meta.Text("artifact_uri"),
            Parameters = MetaFile.Pairs(Path.Combine(folder, "params")),
            Tags = MetaFile.Pairs(Path.Combine(folder, "tags")),
            Datasets =
            [
                .. inputs
                    .Where(input => input.Text("source_type") == "DATASET")
                    .Select(input => Dataset(input, experiment))
                    .OfType<SourceDataset>(),
            ],
            InputModels = Links(inputs),
            OutputModels = Links(Metas(Path.Combine(folder, "outputs"))),
        };
    }

    private static string Status(string text) => text is [>= '1' and <= '5'] ? statuses[text[0] - '1'] : text;

    private static IEnumerable<JsonObject> Metas(string folder) =>
        MetaFile.Folders(folder).Select(MetaFile.Read).OfType<JsonObject>();

    private static IReadOnlyList<SourceLink> Links(IEnumerable<JsonObject> metas) =>
        [
            .. metas
                .Select(meta => new SourceLink(ModelOf(meta), meta.Time("step") ?? 0))
                .Where(link => link.ModelId.Length > 0),
        ];

    private static string ModelOf(JsonObject meta) =>
        new[] { meta.Text("destination_id"), meta.Text("source_id") }.FirstOrDefault(id =>
            id.StartsWith("m-", StringComparison.Ordinal)
        )
        ?? "";

    private static SourceDataset? Dataset(JsonObject input, string experiment)
    {
        var folder = Path.Combine(experiment, "datasets", Path.GetFileName(input.Text("source_id")));
        SymbolicLinks.RefuseBelow(experiment, folder);
        return MetaFile.Read(folder) is { } meta
            ? new(meta.Text("name"), meta.Text("digest"), meta.Text("source_type"), meta.Text("source"))
            {
                Schema = meta.OptionalText("schema"),
                Profile = meta.OptionalText("profile"),
                Tags = input["tags"] is JsonObject tags
                    ? [.. tags.Select(tag => new Pair(tag.Key, tag.Value?.ToString() ?? ""))]
                    : [],
            }
            : null;
    }
}
