using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Cli.Connection.Tracking;

namespace Braid.Cli.OfflineSessions;

/// <summary>Sends what a session logged and measured, in batches, in the name of the task and the models that are made.</summary>
/// <param name="owners">The new id of each id of the session.</param>
/// <param name="task">The task that is made.</param>
internal sealed class OfflineEvents(
    ClearMLClient clearml,
    OfflineSession session,
    OfflineFiles files,
    IReadOnlyDictionary<string, string> owners,
    string task,
    TextWriter leftOut
)
{
    private const int batchBytes = 4 << 20;

    private readonly ArrayBufferWriter<byte> batch = new();
    private long strangers;

    public async Task SendAsync(CancellationToken ct)
    {
        await foreach (var line in session.ObjectsAsync("log.jsonl", ct))
        {
            line["task"] = task;
            await AddAsync(line, ct);
        }

        await foreach (var point in session.ObjectsAsync("metrics.jsonl", ct))
        {
            if (await OwnAsync(point, ct))
            {
                await AddAsync(point, ct);
            }
        }

        await FlushAsync(ct);
        if (strangers > 0)
        {
            leftOut.WriteLine($"left out {strangers} events of models that the session does not hold");
        }
    }

    /// <summary>Gives the event to its new owner, with addresses that can be reached; false when the session has no such owner.</summary>
    private async Task<bool> OwnAsync(JsonObject point, CancellationToken ct)
    {
        if (OfflineTask.Text(point, "task") is not { } was || !owners.TryGetValue(was, out var owner))
        {
            strangers++;
            return false;
        }

        point["task"] = owner;
        if (owner != task)
        {
            point["model_event"] = true;
        }

        if (OfflineTask.Text(point, "key") is { Length: > 0 } key && await files.AddressOfAsync(key, ct) is { } sample)
        {
            point["url"] = sample;
            point.Remove("key");
        }
        else if (OfflineTask.Text(point, "plot_str") is { } plot && plot.Contains(was, StringComparison.Ordinal))
        {
            point["plot_str"] = await new PlotImages(files).MovedAsync(plot, ct);
        }

        return true;
    }

    private async Task AddAsync(JsonObject item, CancellationToken ct)
    {
        using (var writer = new Utf8JsonWriter(batch))
        {
            item.WriteTo(writer);
        }

        batch.Write("\n"u8);
        if (batch.WrittenCount >= batchBytes)
        {
            await FlushAsync(ct);
        }
    }

    private async Task FlushAsync(CancellationToken ct)
    {
        if (batch.WrittenCount == 0)
        {
            return;
        }

        var answer = await clearml.CallWithLinesAsync("events.add_batch", batch.WrittenMemory, ct);
        batch.ResetWrittenCount();
        if (answer["errors"]?.GetValue<long>() is > 0 and var refused)
        {
            leftOut.WriteLine($"the server refused {refused} events: {answer["errors_info"]?.ToJsonString()}");
        }
    }
}
