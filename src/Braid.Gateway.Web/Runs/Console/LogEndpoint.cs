using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Tracking.Logs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs.Console;

/// <summary>
/// The console by its lines' places: <c>GET /api/runs/ID/log?from=N&amp;count=M</c> some lines and how many there are,
/// <c>GET /api/runs/ID/log/find?q=</c> the lines that contain a text, from the first on.
/// </summary>
internal sealed class LogEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int mostLines = 2000;
    private const int mostFound = 1000;

    public Task SliceAsync(HttpContext context) =>
        new CallerAnswer(session).SendAsync(context, (caller, run, ct) => SliceAsync(context.Request, caller, run, ct));

    public Task FindAsync(HttpContext context) =>
        new CallerAnswer(session).SendAsync(context, (caller, run, ct) => FindAsync(context.Request, caller, run, ct));

    private async Task<Result<JsonObject>> SliceAsync(
        HttpRequest request,
        Caller caller,
        RunId run,
        CancellationToken ct
    )
    {
        var total = await rooms.Logs.CountAsync(caller, run, ct);
        if (!total.IsOk)
        {
            return total.Error;
        }

        var size = (int)Math.Clamp(Number(request, "count") ?? mostLines, 0, mostLines);
        var from = Math.Max(0, Number(request, "from") ?? total.Value - size);
        var lines = await rooms.Logs.SliceAsync(caller, run, new LogSlice(from, size, total.Value), ct);
        return lines.Select(found => new JsonObject
        {
            ["total"] = total.Value,
            ["lines"] = Answer.List(found, LineJson.Write),
        });
    }

    private async Task<Result<JsonObject>> FindAsync(
        HttpRequest request,
        Caller caller,
        RunId run,
        CancellationToken ct
    )
    {
        var seen = await rooms.Runs.StatusAsync(caller, run, ct);
        if (!seen.IsOk)
        {
            return seen.Error;
        }

        var search = new LogSearch { Runs = [run], Text = request.Query["q"].ToString() };
        var found = await rooms
            .Logs.SearchAsync(caller, search, ct)
            .Take(mostFound + 1)
            .Select(one => one.Line)
            .ToListAsync(ct);
        return new JsonObject
        {
            ["lines"] = Answer.List(found.Take(mostFound), LineJson.Write),
            ["more"] = found.Count > mostFound,
        };
    }

    private static long? Number(HttpRequest request, string name) =>
        long.TryParse(request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
