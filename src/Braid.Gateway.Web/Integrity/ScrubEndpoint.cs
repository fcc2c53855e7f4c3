using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Integrity;
using Braid.Storage.Roots;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Integrity;

/// <summary>
/// <c>POST /api/scrub[?after=PACK][&amp;rate=BYTES][&amp;repair=false]</c>, for administrators: reads every stored byte. A line of JSON for
/// each pack as it has been read, then one for each path that damage touches, then the sum. Who hangs up ends it, and goes
/// on later after the last pack that was told.
/// </summary>
internal sealed class ScrubEndpoint(ContentStore content, IStoredRoots roots, BrowserSession session)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var caller = await session.FindCallerAsync(context);
        if ((caller.IsOk ? caller.Value.MayAdminister() : caller.Error) is { } refused)
        {
            await Answer.SendAsync(context, refused);
            return;
        }

        context.Response.ContentType = "application/x-ndjson; charset=utf-8";
        try
        {
            await RunAsync(context, OptionsOf(context.Request.Query));
        }
        catch (Exception error) when (Fault.Of(error) is { } fault && !context.RequestAborted.IsCancellationRequested)
        {
            await SendAsync(context, new() { ["failed"] = fault.Message });
        }
    }

    private static ScrubOptions OptionsOf(IQueryCollection query) =>
        new()
        {
            After = query["after"] is [{ Length: > 0 } pack] ? pack : null,
            BytesPerSecond = long.TryParse(query["rate"], NumberStyles.None, CultureInfo.InvariantCulture, out var rate)
                ? rate
                : 0,
            Repair = query["repair"] != "false",
        };

    private async Task RunAsync(HttpContext context, ScrubOptions options)
    {
        var ct = context.RequestAborted;
        var (repaired, left) = (0L, 0L);
        await foreach (var pack in content.Scrub().RunAsync(options, ct))
        {
            left += pack.Damages.Count(damage => damage.Fate == ChunkFate.Left);
            repaired += pack.Damages.Count(damage => damage.Fate != ChunkFate.Left);
            await SendAsync(context, Write(pack));
        }

        var damaged = 0L;
        await foreach (var root in RootsCheck.RunAsync(content, roots, ct))
        {
            damaged++;
            foreach (var problem in root.Report.Problems)
            {
                await SendAsync(context, Write(root.Holder, problem));
            }
        }

        await SendAsync(
            context,
            new()
            {
                ["end"] = true,
                ["repaired"] = repaired,
                ["lost"] = left,
                ["damaged"] = damaged,
            }
        );
    }

    private static JsonObject Write(ScrubbedPack pack) =>
        new()
        {
            ["pack"] = pack.Pack,
            ["done"] = pack.Done,
            ["total"] = pack.Total,
            ["chunks"] = pack.Chunks,
            ["kept"] = pack.Kept,
            ["damages"] = Answer.List(
                pack.Damages,
                damage => new JsonObject
                {
                    ["offset"] = damage.Offset,
                    ["chunk"] = damage.Chunk?.ToString(),
                    ["why"] = damage.Why,
                    ["fate"] = damage.Fate.ToString().ToLowerInvariant(),
                }
            ),
        };

    private static JsonObject Write(RootHolder holder, ContentProblem problem) =>
        new()
        {
            ["kind"] = holder.Kind,
            ["group"] = holder.Group,
            ["name"] = holder.Name,
            ["path"] = problem.Path,
            ["why"] = problem.Why,
        };

    private static async Task SendAsync(HttpContext context, JsonObject line)
    {
        await context.Response.WriteAsync(line.ToJsonString() + "\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
