using System.Text.Json;
using Braid.Client.Backends.ClearML.Events;
using Braid.Client.Backends.Http;
using Braid.Client.Records;

namespace Braid.Client.Backends.ClearML;

/// <summary>A task's files on the file server: debug samples, artifacts, models' weights. A folder goes as one zip archive.</summary>
internal sealed class ClearMLFiles(ClearMLTask task, ClearMLServer server)
{
    /// <summary>Uploads an image or a sound; answers its address.</summary>
    public Task<string> UploadAsync(LogRecord record, CancellationToken ct) =>
        UploadAsync(DebugSample.PathOf(record), FileContent.Of("", record.Media.Content), ct);

    public async Task AddArtifactAsync(LogRecord record, CancellationToken ct)
    {
        using var upload = FileOrArchive.Of(record.Artifact);
        var key = Key(record.Artifact, upload.File.Path);
        var address = await UploadAsync($"artifacts/{ContentFiles.Safe(key)}/{upload.File.Path}", upload.File, ct);
        await server.CallAsync(
            "tasks.add_or_update_artifacts",
            json =>
            {
                json.WriteString("task", task.Id);
                json.WriteBoolean("force", value: true);
                json.WriteStartArray("artifacts");
                json.WriteStartObject();
                json.WriteString("key", key);
                json.WriteString("type", TypeOf(record.Artifact.Kind));
                json.WriteString("mode", "output");
                json.WriteString("uri", address);
                json.WriteNumber("content_size", upload.File.Length);
                json.WriteNumber("timestamp", record.Milliseconds / 1000);
                json.WriteEndObject();
                json.WriteEndArray();
            },
            ct
        );
    }

    public async Task AddModelAsync(LogRecord record, CancellationToken ct)
    {
        using var upload = FileOrArchive.Of(record.Model.Path);
        var address = await UploadAsync(
            $"models/{ContentFiles.SafePart(record.Name)}/{upload.File.Path}",
            upload.File,
            ct
        );
        var before = (await ModelsAsync(address, ct)).Count;
        var model = await server.CreateAsync(
            "models.create",
            json => WriteModel(json, record, address),
            async token => await ModelsAsync(address, token) is var models && models.Count > before ? models[0] : null,
            ct
        );
        await server.CallAsync(
            "tasks.add_or_update_model",
            json =>
            {
                json.WriteString("task", task.Id);
                json.WriteString("name", record.Name);
                json.WriteString("model", model);
                json.WriteString("type", "output");
                json.WriteNumber("iteration", record.Step);
            },
            ct
        );
    }

    /// <summary>What ClearML calls an artifact of this kind.</summary>
    public static string TypeOf(ArtifactKind kind) =>
        kind == ArtifactKind.Custom ? "custom" : kind.ToString().ToLowerInvariant();

    /// <summary>An artifact's key: its folder and name.</summary>
    public static string Key(ArtifactFile artifact, string file) =>
        artifact.Folder.Length > 0 ? $"{artifact.Folder}/{file}" : file;

    /// <summary>The models whose file is at an address, the newest first.</summary>
    private async Task<IReadOnlyList<string>> ModelsAsync(string address, CancellationToken ct)
    {
        var found = await server.CallAsync(
            "models.get_all",
            json =>
            {
                json.WriteWords("uri", [address]);
                json.WriteWords("order_by", ["-created"]);
                json.WriteWords("only_fields", ["id"]);
            },
            ct
        );
        return [.. found.Items("models").Select(model => model.TextOr("id", ""))];
    }

    private Task<string> UploadAsync(string path, FileContent file, CancellationToken ct) =>
        server.UploadAsync($"{task.FileFolder}/{path}", file, ct);

    private void WriteModel(Utf8JsonWriter json, in LogRecord record, string address)
    {
        json.WriteString("name", ClearMLTask.NameOf(record.Name));
        json.WriteString("uri", address);
        json.WriteString("framework", record.Model.Framework);
        json.WriteString("comment", record.Model.Description);
        json.WriteString("task", task.Id);
        json.WriteBoolean("ready", value: false);
        json.WriteStartArray("tags");
        foreach (var (tag, value) in record.Model.Tags)
        {
            json.WriteStringValue($"{tag}:{value}");
        }

        json.WriteEndArray();
        if (task.ProjectId is { } project)
        {
            json.WriteString("project", project);
        }
    }
}
