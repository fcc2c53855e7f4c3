using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Braid.Tracking.Logs;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Events;

/// <summary><c>events.download_task_log</c>: all of a log as a file; <c>events.clear_task_log</c>: all of it, or its older part, goes.</summary>
internal static class EditLog
{
    private const string usualFormat = "{asctime} {worker} {level} {msg}";

    /// <summary>The file is written line by line as it is read; the reply has no envelope.</summary>
    public static async Task<Result<JsonObject>> DownloadAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Task();
        var isJson = fields.Text("line_type") == "json";
        var format = fields.Text("line_format") ?? usualFormat;
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Logs.FollowAsync(call.Caller, id, 0, null, null, follow: false, ct);
        if (!found.TryGet(out var lines, out var error))
        {
            return error;
        }

        var response = call.Http.Response;
        response.ContentType = isJson ? "application/json-lines" : "text/plain; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=task_{id}.log";
        response.Headers.CacheControl = "no-store";
        await response.StartAsync(ct);
        await using var text = new StreamWriter(response.Body, new UTF8Encoding(false)) { NewLine = "\n" };
        await foreach (var line in lines.WithCancellation(ct))
        {
            await text.WriteLineAsync(isJson ? EventReply.Of(id, line).ToJsonString() : Text(line, format));
        }

        return new JsonObject();
    }

    public static async Task<Result<JsonObject>> ClearAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var id = fields.Task();
        var allowsLocked = fields.Flag("allow_locked") == true;
        var kept = fields.Whole("threshold_sec") ?? 0;
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var found = await call.Rooms.Runs.GetAsync(call.Caller, id, RunParts.None, ct);
        if (!found.TryGet(out var run, out var error))
        {
            return error;
        }

        if (!allowsLocked && run.Status is (RunStatus.Published or RunStatus.Publishing))
        {
            return Errors.TaskIsPublished(id);
        }

        var now = call.Rooms.Clock.GetUtcNow();
        var before = kept <= 0 ? DateTimeOffset.MaxValue : now - TimeSpan.FromSeconds(Math.Min(kept, int.MaxValue));
        var deleted = await call.Rooms.Logs.DeleteBeforeAsync(call.Caller, id, before, ct);
        return deleted.Select(lines => new JsonObject { ["deleted"] = lines });
    }

    private static string Text(LogLine line, string format) =>
        format
            .Replace("{asctime}", Time(line.TimestampMs), StringComparison.Ordinal)
            .Replace("{timestamp}", line.TimestampMs.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{worker}", line.Worker, StringComparison.Ordinal)
            .Replace("{level}", line.Level, StringComparison.Ordinal)
            .Replace("{msg}", line.Text, StringComparison.Ordinal);

    /// <summary>As Python's logging writes it; a time that no calendar has stays a number.</summary>
    private static string Time(long milliseconds) =>
        milliseconds is >= 0 and < 253402300799000
            ? DateTimeOffset
                .FromUnixTimeMilliseconds(milliseconds)
                .ToString("yyyy-MM-dd HH:mm:ss,fff", CultureInfo.InvariantCulture)
            : milliseconds.ToString(CultureInfo.InvariantCulture);
}
