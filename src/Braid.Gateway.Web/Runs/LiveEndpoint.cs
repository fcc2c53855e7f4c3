using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.Runs.Console;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Logs;
using Braid.Tracking.Runs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs;

/// <summary>
/// <c>GET /api/runs/ID/live</c>: server-sent events. <c>log</c> carries lines (first the tail there is, then each as it comes);
/// <c>changed</c> says that the run or its series changed, and the page asks again; <c>end</c> that nothing comes any more. With
/// <c>?tail=N</c> the last N lines come first, with <c>?tail=-1</c> all; with <c>?follow=false</c> those are all that come.
/// </summary>
internal sealed class LiveEndpoint(WebRooms rooms, BrowserSession session, CancellationToken stopping)
{
    private const int usualTail = 2000;
    private const int mostLinesPerEvent = 500;
    private static readonly TimeSpan heartbeat = TimeSpan.FromSeconds(15);

    public async Task AnswerAsync(HttpContext context)
    {
        // A stream would outlast the server's patience at its end.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.RequestAborted = ending.Token;
        try
        {
            await OpenAsync(context);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private async Task OpenAsync(HttpContext context)
    {
        var caller = await session.FindCallerAsync(context);
        var id = Answer.RunOf(context);
        if (!caller.IsOk || !id.IsOk)
        {
            await Answer.SendAsync(context, caller.Error ?? id.Error!); // one of the two failed
            return;
        }

        var run = await rooms.Runs.GetAsync(caller.Value, id.Value, RunParts.None, context.RequestAborted);
        var lines = await rooms.Logs.FollowAsync(
            caller.Value,
            id.Value,
            from: 0,
            TailOf(context.Request),
            datum: null,
            follow: context.Request.Query["follow"] != "false",
            context.RequestAborted
        );
        if (!run.IsOk || !lines.IsOk)
        {
            await Answer.SendAsync(context, run.Error ?? lines.Error!); // one of the two failed
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        // The page learns that it is connected now, not with the first line.
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await StreamAsync(context, id.Value, Console(run.Value, lines.Value));
    }

    private static int? TailOf(HttpRequest request) =>
        !int.TryParse(request.Query["tail"], CultureInfo.InvariantCulture, out var lines) ? usualTail
        : lines < 0 ? null
        : lines;

    /// <summary>
    /// What a program inside a job prints is captured by the worker; a tracking client that captures it as well sends every
    /// line a second time.
    /// </summary>
    private static IAsyncEnumerable<LogLine> Console(Run run, IAsyncEnumerable<LogLine> lines) =>
        run.Owner == RunOwner.Job ? lines.Where(line => line.Source != LogSource.Client) : lines;

    /// <summary>1 a pump moves lines into a bounded channel; 2 whichever comes first, lines or a change, is sent; 3 the end is said.</summary>
    private async Task StreamAsync(HttpContext context, RunId id, IAsyncEnumerable<LogLine> log)
    {
        // However sending ends, the pump must not go on following a log that nobody reads.
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var lines = Channel.CreateBounded<LogLine>(mostLinesPerEvent);
        // 1
        var pump = PumpAsync(log, lines.Writer, sending.Token);
        try
        {
            await SendUntilEndAsync(context, id, lines.Reader, sending.Token);
            // 3
            await SendAsync(context, "end", []);
        }
        finally
        {
            await sending.CancelAsync();
            await pump;
        }
    }

    private async Task SendUntilEndAsync(
        HttpContext context,
        RunId id,
        ChannelReader<LogLine> lines,
        CancellationToken ct
    )
    {
        using var changes = rooms.Database.Changes.Watch(Topics.Run(id), Topics.RunSeries(id));
        var more = lines.WaitToReadAsync(ct).AsTask();
        var changed = changes.NextAsync(heartbeat, ct);
        // 2
        while (true)
        {
            if (await Task.WhenAny(more, changed) == changed)
            {
                await changed;
                await SendAsync(context, "changed", []);
                changed = changes.NextAsync(heartbeat, ct);
            }
            else if (await more)
            {
                await SendAsync(context, "log", Take(lines));
                more = lines.WaitToReadAsync(ct).AsTask();
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Whatever goes wrong in reading the log is thrown to whoever takes the lines.</summary>
    private static async Task PumpAsync(IAsyncEnumerable<LogLine> log, ChannelWriter<LogLine> to, CancellationToken ct)
    {
        try
        {
            await foreach (var line in log.WithCancellation(ct))
            {
                await to.WriteAsync(line, ct);
            }

            to.Complete();
        }
        catch (Exception error)
        {
            to.Complete(error);
        }
    }

    private static JsonArray Take(ChannelReader<LogLine> lines)
    {
        var taken = new JsonArray();
        while (taken.Count < mostLinesPerEvent && lines.TryRead(out var line))
        {
            taken.Add(LineJson.Write(line));
        }

        return taken;
    }

    private static async Task SendAsync(HttpContext context, string name, JsonArray data)
    {
        await context.Response.WriteAsync($"event: {name}\ndata: {data.ToJsonString()}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
