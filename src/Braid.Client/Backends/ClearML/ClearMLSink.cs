using System.Buffers;
using System.Text.Json;
using Braid.Client.Backends.ClearML.Events;
using Braid.Client.Backends.Http;
using Braid.Client.Records;

namespace Braid.Client.Backends.ClearML;

/// <summary>A task on the server. Of one call, contents are uploaded as they come up; then parameters, tags and events go in batches.</summary>
internal sealed class ClearMLSink(ClearMLTask task, ClearMLServer server, SinkContext context) : IRunSink
{
    private const int mostEventBytes = 4 << 20;

    private readonly ClearMLFiles files = new(task, server);
    private readonly ClearMLFields fields = new(task, server);
    private readonly ArrayBufferWriter<byte> events = new();
    private int eventCount;

    public string RunId => task.Id;

    public async Task LogAsync(IReadOnlyList<LogRecord> records, CancellationToken ct)
    {
        fields.Clear(); // of a call that was abandoned
        ClearEvents();
        foreach (var record in records)
        {
            if (!fields.TryAdd(record))
            {
                await TryAsync(() => LogAsync(record, ct), 1);
            }
        }

        await SendAsync([.. fields.Parameters], ct);
        await TryAsync(() => fields.SendTextsAsync(ct), fields.TextCount);
        await SendEventsAsync(ct);
    }

    public async Task EndAsync(RunEnd end, CancellationToken ct) =>
        await server.CallAsync(
            end.Outcome switch
            {
                RunOutcome.Finished => "tasks.completed",
                RunOutcome.Failed => "tasks.failed",
                _ => "tasks.stopped",
            },
            json =>
            {
                json.WriteString("task", task.Id);
                json.WriteString("status_reason", end.Outcome == RunOutcome.Finished ? "completed" : end.Reason);
                json.WriteBoolean("force", value: true);
            },
            ct
        );

    public ValueTask DisposeAsync()
    {
        server.Dispose();
        return default;
    }

    private async Task LogAsync(LogRecord record, CancellationToken ct)
    {
        if (record.Kind is RecordKind.Artifact)
        {
            await files.AddArtifactAsync(record, ct);
            return;
        }

        if (record.Kind is RecordKind.Model)
        {
            await files.AddModelAsync(record, ct);
            return;
        }

        var file = EventJson.HasFile(record) ? ("url", await files.UploadAsync(record, ct)) : default;
        using (var json = new Utf8JsonWriter(events, EventJson.Options))
        {
            EventJson.Write(json, task.Id, record, file);
        }

        events.Write("\n"u8);
        eventCount++;
        if (events.WrittenCount >= mostEventBytes)
        {
            await SendEventsAsync(ct);
        }
    }

    /// <summary>Parameters that are refused together are sent again in halves: one that the server does not take costs no other.</summary>
    private async Task SendAsync(LogRecord[] parameters, CancellationToken ct)
    {
        if (parameters.Length == 0)
        {
            return;
        }

        var isRefused = false;
        await TryAsync(
            async () =>
            {
                try
                {
                    await fields.SendParametersAsync(parameters, ct);
                }
                catch (BackendRefusalException refusal) when (!refusal.IsFinal && parameters.Length > 1)
                {
                    isRefused = true;
                }
            },
            parameters.Length
        );
        if (isRefused)
        {
            var half = parameters.Length / 2;
            await SendAsync(parameters[..half], ct);
            await SendAsync(parameters[half..], ct);
        }
    }

    private async Task SendEventsAsync(CancellationToken ct)
    {
        if (eventCount > 0)
        {
            await TryAsync(() => PostEventsAsync(ct), eventCount);
            ClearEvents();
        }
    }

    private async Task PostEventsAsync(CancellationToken ct)
    {
        var answer = await server.CallWithLinesAsync("events.add_batch", events.WrittenMemory, ct);
        if (int.TryParse(answer.TextOr("errors", "0"), out var refused) && refused > 0)
        {
            context.Refuse(refused, $"clearml: events were refused: {answer.TextOr("errors_info", "")}");
        }
    }

    private void ClearEvents()
    {
        events.ResetWrittenCount();
        eventCount = 0;
    }

    /// <summary>What the server refuses, or what cannot be read, is told and passed over: the rest goes on.</summary>
    private async Task TryAsync(Func<Task> deliver, int count)
    {
        try
        {
            await deliver();
        }
        catch (Exception error)
            when (error
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or BackendRefusalException { IsFinal: false }
            )
        {
            context.Refuse(count, $"clearml: {error.Message}");
        }
    }
}
