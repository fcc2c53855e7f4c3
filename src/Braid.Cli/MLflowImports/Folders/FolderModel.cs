using System.Text.Json.Nodes;
using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports.Folders;

/// <summary>The folder of a logged model, and that of a registered one.</summary>
internal static class FolderModel
{
    /// <summary>The stage of a version that was deleted.</summary>
    private const string deleted = "Deleted_Internal";

    public static SourceModel Read(string folder, JsonObject meta)
    {
        var metrics = Path.Combine(folder, "metrics");
        return new(meta.Text("model_id"))
        {
            Name = meta.Text("name"),
            Type = meta.Text("model_type"),
            Status = meta.Text("status"),
            StatusMessage = meta.Text("status_message"),
            RunId = meta.Text("source_run_id"),
            ArtifactUri = meta.Text("artifact_location"),
            Created = meta.Time("creation_timestamp") ?? 0,
            Updated = meta.Time("last_updated_timestamp") ?? 0,
            IsDeleted = meta.Text("lifecycle_stage") == "deleted",
            Parameters = MetaFile.Pairs(Path.Combine(folder, "params")),
            Tags = MetaFile.Pairs(Path.Combine(folder, "tags")),
            Points =
            [
                .. MetaFile
                    .Files(metrics)
                    .SelectMany(path => MetricFile.Read(path, Path.GetRelativePath(metrics, path))),
            ],
        };
    }

    public static SourceName ReadName(string folder, JsonObject meta) =>
        new(meta.Text("name"))
        {
            Description = meta.Text("description"),
            Created = meta.Time("creation_timestamp") ?? 0,
            Updated = meta.Time("last_updated_timestamp") ?? 0,
            Tags = MetaFile.Pairs(Path.Combine(folder, "tags")),
            Aliases = MetaFile.Pairs(Path.Combine(folder, "aliases")),
            Versions =
            [
                .. MetaFile
                    .Folders(folder)
                    .Where(path => Path.GetFileName(path).StartsWith("version-", StringComparison.Ordinal))
                    .Select(path => Version(path, MetaFile.Read(path) ?? []))
                    .Where(version => version.Number.Length > 0 && version.Stage != deleted),
            ],
        };

    private static SourceVersion Version(string folder, JsonObject meta) =>
        new(meta.Text("version"))
        {
            Source = meta.Text("source"),
            Storage = meta.Text("storage_location"),
            RunId = meta.Text("run_id"),
            RunLink = meta.Text("run_link"),
            ModelId = meta.Text("model_id"),
            Stage = meta.Text("current_stage"),
            Status = meta.Text("status"),
            StatusMessage = meta.Text("status_message"),
            User = meta.Text("user_id"),
            Description = meta.Text("description"),
            Created = meta.Time("creation_timestamp") ?? 0,
            Updated = meta.Time("last_updated_timestamp") ?? 0,
            Tags = MetaFile.Pairs(Path.Combine(folder, "tags")),
        };
}
