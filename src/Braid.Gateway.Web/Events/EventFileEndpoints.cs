using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.TensorBoard.Logs;
using Braid.Tracking.EventFiles;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Events;

/// <summary>
/// TensorBoard's event files, sent as they are: <c>PUT /api/runs/ID/events/PATH?offset=N</c> with a file's bytes from N on
/// answers which byte is wanted next; <c>GET /api/runs/ID/events</c> says the same of all files that were sent.
/// </summary>
internal sealed class EventFileEndpoints(WebRooms rooms, BrowserSession session)
{
    private const int longestPath = 1024;

    public async Task ListAsync(HttpContext context)
    {
        var caller = await session.FindCallerAsync(context);
        var id = Answer.RunOf(context);
        if ((caller.Error ?? id.Error) is { } refused)
        {
            await Answer.SendAsync(context, refused);
            return;
        }

        var files = await rooms.EventFiles.ListAsync(caller.Value, id.Value, context.RequestAborted);
        await Answer.SendAsync(
            context,
            files.Select(list => new JsonObject { ["files"] = Answer.List(list, EventFileJson.Write) })
        );
    }

    public async Task PutAsync(HttpContext context)
    {
        LargeBody.Expect(context);
        var caller = await session.FindCallerAsync(context);
        var id = Answer.RunOf(context);
        var path = PathOf(context);
        var offset = OffsetOf(context);
        if ((caller.Error ?? id.Error ?? path.Error ?? offset.Error) is { } refused)
        {
            await Answer.SendAsync(context, refused);
            return;
        }

        var intake = new EventIntake(rooms.EventFiles, caller.Value, id.Value, path.Value, FileServer(context));
        var taken = await intake.TakeAsync(context.Request.BodyReader, offset.Value, context.RequestAborted);
        await Answer.SendAsync(context, taken.Select(EventFileJson.Write));
    }

    /// <summary>Where clients fetch images: the host by which this one was reached, and the port of ClearML's file server.</summary>
    private string FileServer(HttpContext context) =>
        $"{context.Request.Scheme}://{new HostString(context.Request.Host.Host, rooms.ClearML().Files)}";

    private static Result<string> PathOf(HttpContext context)
    {
        var path = (string?)context.Request.RouteValues["path"] ?? "";
        return
            path.Length <= longestPath
            && !path.Any(letter => char.IsControl(letter) || letter == '\\')
            && path.Split('/') is var parts
            && parts.All(part => part is not ("" or "." or ".."))
            && LogDirectory.IsEventFile(parts[^1])
            ? path
            : new Error(
                ErrorKind.InvalidArgument,
                "web.no-event-file",
                $"'{path}' is no path of an event file: segments without '.', '..' and control characters, the last one with 'tfevents' in it"
            );
    }

    private static Result<long> OffsetOf(HttpContext context)
    {
        var text = context.Request.Query["offset"].ToString();
        return text.Length == 0 ? 0
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset
            : new Error(ErrorKind.InvalidArgument, "web.bad-offset", $"'{text}' is no offset: give bytes, from 0");
    }
}
