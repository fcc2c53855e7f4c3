using System.Text.Json;
using Braid.Client.Backends.ClearML.Events;
using Braid.Client.Backends.Http;
using Braid.Client.Records;

namespace Braid.Client.Backends.Folder;

/// <summary>Writes records as lines of JSON, and contents as files beside them, which the lines name.</summary>
internal sealed class FolderSink : IRunSink
{
    private readonly string folder;
    private readonly RunStart start;
    private readonly SinkContext context;

    public FolderSink(string id, string folder, RunStart start, SinkContext context)
    {
        (RunId, this.folder, this.start, this.context) = (id, folder, start, context);
        foreach (var lines in Directory.EnumerateFiles(folder).Where(IsLines).ToList())
        {
            LineFile.CutTornLine(lines);
        }

        Describe(end: null);
    }

    public string RunId { get; }

    public async Task LogAsync(IReadOnlyList<LogRecord> records, CancellationToken ct)
    {
        foreach (var group in records.GroupBy(record => LinesOf(record.Kind)))
        {
            await using var lines = new FileStream(Path.Combine(folder, group.Key), FileMode.Append);
            foreach (var record in group)
            {
                await WriteAsync(lines, record, ct);
            }
        }
    }

    public Task EndAsync(RunEnd end, CancellationToken ct)
    {
        Describe(end);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => default;

    private static bool IsLines(string path) => Path.GetExtension(path) is ".jsonl" or ".log";

    private static string LinesOf(RecordKind kind) =>
        kind switch
        {
            RecordKind.Metric => "metrics.jsonl",
            RecordKind.Parameter => "params.jsonl",
            RecordKind.Tag or RecordKind.Label or RecordKind.Note => "tags.jsonl",
            RecordKind.Console => "console.log",
            RecordKind.Artifact or RecordKind.Model => "artifacts.jsonl",
            _ => "media.jsonl",
        };

    private async Task WriteAsync(FileStream lines, LogRecord record, CancellationToken ct)
    {
        if (record.Kind == RecordKind.Console)
        {
            lines.Write(System.Text.Encoding.UTF8.GetBytes(record.Text + "\n"));
            return;
        }

        try
        {
            var files = await CopyAsync(record, ct);
            using var json = new Utf8JsonWriter(lines, EventJson.Options);
            FolderJson.Write(json, record, files);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            context.Refuse(1, $"folder: {error.Message}");
            return;
        }

        lines.Write("\n"u8);
    }

    /// <summary>The record's files below the run's folder; answers their paths there.</summary>
    private async Task<List<string>> CopyAsync(LogRecord record, CancellationToken ct)
    {
        var paths = new List<string>();
        foreach (var file in FilesOf(record))
        {
            var target = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? folder);
            await using var from = file.Open();
            await using var to = File.Create(target);
            await from.CopyToAsync(to, ct);
            paths.Add(file.Path);
        }

        return paths;
    }

    private static IEnumerable<FileContent> FilesOf(LogRecord record) =>
        record.Kind switch
        {
            RecordKind.Artifact => ContentFiles.OfArtifact(
                record.Artifact with
                {
                    Folder = Below("artifacts", record.Artifact.Folder),
                }
            ),
            RecordKind.Model => ContentFiles.OfPath(record.Model.Path, $"models/{ContentFiles.SafePart(record.Name)}"),
            _ => record.Payload is Media ? [ContentFiles.OfMedia(record)] : [],
        };

    private static string Below(string first, string folder) =>
        folder.Length > 0 ? $"{first}/{ContentFiles.Safe(folder)}" : first;

    private void Describe(RunEnd? end)
    {
        using var file = File.Create(Path.Combine(folder, "run.json"));
        using var json = new Utf8JsonWriter(file, EventJson.Options with { Indented = true });
        FolderJson.WriteRun(json, RunId, start, end);
    }
}
