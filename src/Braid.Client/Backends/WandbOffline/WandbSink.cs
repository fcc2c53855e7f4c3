using System.Text;
using System.Text.Json;
using Braid.Client.Backends.Http;
using Braid.Client.Records;
using Braid.TensorBoard.Wire;

namespace Braid.Client.Backends.WandbOffline;

/// <summary>
/// Writes records of <c>wandb_internal.proto</c>. W&amp;B keeps one step that only grows: points of one step share a row, one of each series, and one whose
/// step is behind goes to the newest row, with its own step beside it as <c>NAME/step</c>.
/// </summary>
internal sealed class WandbSink : IRunSink
{
    // Fields of Record.
    private const int history = 2;
    private const int summary = 3;
    private const int config = 5;
    private const int files = 6;
    private const int outputRaw = 13;
    private const int run = 17;
    private const int exit = 18;
    private const int final = 20;
    private const int header = 21;
    private const int footer = 22;

    private const int now = 0; // a file's policy
    private const int standardOutput = 1;

    private readonly string folder;
    private readonly RunStart start;
    private readonly SinkContext context;
    private readonly WandbLog log;
    private readonly WandbRow row;
    private readonly List<string> labels;
    private string? note;
    private long number;

    public WandbSink(string id, string folder, RunStart start, SinkContext context)
    {
        (RunId, this.folder, this.start, this.context) = (id, folder, start, context);
        labels = [.. start.Labels];
        row = new(start.StartedAt);
        log = new(Path.Combine(folder, $"run-{id}.wandb"));
        number = log.Before;
        if (number == 0)
        {
            Append(header, message => message.Message(1, version => version.Text(1, "braid-client")));
        }

        if (number == 1)
        {
            WriteRun();
        }
    }

    public string RunId { get; }

    public async Task LogAsync(IReadOnlyList<LogRecord> records, CancellationToken ct)
    {
        foreach (var record in records)
        {
            try
            {
                await LogAsync(record, ct);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                context.Refuse(1, $"wandb: {error.Message}");
            }
        }

        WriteRow();
        log.Flush();
    }

    public Task EndAsync(RunEnd end, CancellationToken ct)
    {
        var seconds = Math.Max(0, end.At - start.StartedAt) / 1000;
        Append(summary, row.WriteLast);
        Append(exit, message => message.Varint(1, end.Outcome == RunOutcome.Finished ? 0 : 1).Varint(2, seconds));
        Append(final, _ => { }); // what was configured goes to the server when wandb sync reads this
        Append(footer, _ => { });
        log.Flush();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        log.Dispose();
        return default;
    }

    private Task LogAsync(LogRecord record, CancellationToken ct)
    {
        switch (record.Kind)
        {
            case RecordKind.Parameter:
                Configure(
                    record.Name,
                    record.Parameter.Section == "General" ? "" : record.Parameter.Section,
                    WandbValue.Of(record.Parameter)
                );
                return Task.CompletedTask;
            case RecordKind.Tag:
                Configure(record.Name, "tags", WandbValue.Text(record.Text));
                return Task.CompletedTask;
            case RecordKind.Label:
                labels.Add(record.Name);
                WriteRun();
                return Task.CompletedTask;
            case RecordKind.Note:
                note = record.Text;
                WriteRun();
                return Task.CompletedTask;
            case RecordKind.Console:
                WriteLine(record);
                return Task.CompletedTask;
            case RecordKind.Artifact:
                return AddFilesAsync(
                    ContentFiles.OfArtifact(
                        record.Artifact with
                        {
                            Folder = Below("artifacts", record.Artifact.Folder),
                        }
                    ),
                    ct
                );
            case RecordKind.Model:
                return AddFilesAsync(
                    ContentFiles.OfPath(record.Model.Path, $"models/{ContentFiles.SafePart(record.Name)}"),
                    ct
                );
            default:
                return AddValueAsync(record, ct);
        }
    }

    private async Task AddValueAsync(LogRecord record, CancellationToken ct)
    {
        if (!row.Takes(record))
        {
            WriteRow();
        }

        var value = WandbValue.Of(record, out var file);
        if (file is { } media)
        {
            await AddFilesAsync([media], ct);
        }

        row.Add(record, value);
    }

    private void WriteRow()
    {
        if (row.Count > 0)
        {
            Append(history, row.Write);
            row.Clear();
        }
    }

    private void WriteRun() =>
        Append(
            run,
            message =>
            {
                message.Text(1, RunId).Text(3, start.Project ?? "uncategorized").Text(7, start.TaskType);
                message.Text(8, start.Name).Text(9, note ?? "").Text(13, Environment.MachineName);
                labels.ForEach(label => message.Text(10, label));
                message.Message(17, time => WriteTime(time, start.StartedAt));
            }
        );

    private void Configure(string name, string section, string json) =>
        Append(
            config,
            message =>
                message.Message(
                    1,
                    item =>
                    {
                        if (section.Length == 0)
                        {
                            item.Text(1, name);
                        }
                        else
                        {
                            item.Text(2, section).Text(2, name);
                        }

                        item.Text(16, json);
                    }
                )
        );

    private void WriteLine(in LogRecord record)
    {
        var (time, line) = (record.Milliseconds, record.Text + "\n");
        Append(
            outputRaw,
            message => message.Varint(1, standardOutput).Message(2, stamp => WriteTime(stamp, time)).Text(3, line)
        );
    }

    private async Task AddFilesAsync(IEnumerable<FileContent> contents, CancellationToken ct)
    {
        foreach (var file in contents)
        {
            var target = Path.Combine(folder, "files", file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? folder);
            await using var from = file.Open();
            await using var to = File.Create(target);
            await from.CopyToAsync(to, ct);
            Append(files, message => message.Message(1, item => item.Text(1, file.Path).Varint(2, now)));
        }
    }

    private void Append(int field, Action<ProtoWriter> write) =>
        log.Append(new ProtoWriter().Varint(1, ++number).Message(field, write).Written);

    private static void WriteTime(ProtoWriter time, long milliseconds) =>
        time.Varint(1, milliseconds / 1000).Varint(2, milliseconds % 1000 * 1_000_000);

    private static string Below(string first, string path) =>
        path.Length > 0 ? $"{first}/{ContentFiles.Safe(path)}" : first;
}
