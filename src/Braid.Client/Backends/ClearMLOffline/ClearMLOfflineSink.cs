using System.Text.Json;
using Braid.Client.Backends.ClearML;
using Braid.Client.Backends.ClearML.Events;
using Braid.Client.Backends.Http;
using Braid.Client.Records;

namespace Braid.Client.Backends.ClearMLOffline;

/// <summary>Writes a session: <c>task.json</c>, a line with an array of events per call, files below <c>data/</c> and <c>models/</c>.</summary>
internal sealed class ClearMLOfflineSink(string id, SessionFolder session, OfflineTask task, SinkContext context)
    : IRunSink
{
    public string RunId => id;

    public async Task LogAsync(IReadOnlyList<LogRecord> records, CancellationToken ct)
    {
        var (points, lines) = (new List<LogRecord>(), new List<LogRecord>());
        foreach (var record in records.Where(record => !task.TryAdd(record)))
        {
            try
            {
                await AddAsync(record, points, lines, ct);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                context.Refuse(1, $"clearml-offline: {error.Message}");
            }
        }

        Append("metrics.jsonl", points);
        Append("log.jsonl", lines);
        await session.SaveAsync(task, ct);
    }

    public async Task EndAsync(RunEnd end, CancellationToken ct)
    {
        task.End(end);
        await session.SaveAsync(task, ct);
        await session.ArchiveAsync(ct);
    }

    public ValueTask DisposeAsync() => default;

    private async Task AddAsync(LogRecord record, List<LogRecord> points, List<LogRecord> lines, CancellationToken ct)
    {
        switch (record.Kind)
        {
            case RecordKind.Artifact:
                await AddArtifactAsync(record, ct);
                break;
            case RecordKind.Model:
                await AddModelAsync(record, ct);
                break;
            case RecordKind.Console or RecordKind.Text:
                lines.Add(record);
                break;
            default:
                points.Add(record);
                if (EventJson.HasFile(record))
                {
                    await WriteAsync($"data/{KeyOf(record)}", FileContent.Of("", record.Media.Content), ct);
                }

                break;
        }
    }

    private async Task AddArtifactAsync(LogRecord record, CancellationToken ct)
    {
        using var file = FileOrArchive.Of(record.Artifact);
        var key = ClearMLFiles.Key(record.Artifact, file.File.Path);
        var path = $"data/{task.FileFolder}/artifacts/{ContentFiles.Safe(key)}/{file.File.Path}";
        await WriteAsync(path, file.File, ct);
        task.AddArtifact(record, key, session.PathOf(path), file.File.Length);
    }

    private async Task AddModelAsync(LogRecord record, CancellationToken ct)
    {
        using var file = FileOrArchive.Of(record.Model.Path);
        var model = $"offline-{RandomId.Of(32)}";
        var path = $"models/{model[^8..]}-{file.File.Path}";
        await WriteAsync(path, file.File, ct);
        task.AddModel(model, record, session.PathOf(path));
    }

    private async Task WriteAsync(string path, FileContent file, CancellationToken ct)
    {
        var target = session.PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target) ?? session.Path);
        await using var from = file.Open();
        await using var to = File.Create(target);
        await from.CopyToAsync(to, ct);
    }

    private void Append(string file, List<LogRecord> records)
    {
        if (records.Count == 0)
        {
            return;
        }

        using var lines = new FileStream(session.PathOf(file), FileMode.Append);
        using (var json = new Utf8JsonWriter(lines, EventJson.Options))
        {
            json.WriteStartArray();
            foreach (var record in records)
            {
                EventJson.Write(json, id, record, EventJson.HasFile(record) ? ("key", KeyOf(record)) : default);
            }

            json.WriteEndArray();
        }

        lines.Write("\n"u8);
    }

    private string KeyOf(in LogRecord record) => $"{task.FileFolder}/{DebugSample.PathOf(record)}";
}
