using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs;

/// <summary><c>GET /api/runs/ID/series</c>: every series of a run, down-sampled to what a chart can show.</summary>
internal sealed class SeriesEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int samples = 600;

    public async Task AnswerAsync(HttpContext context)
    {
        var caller = await session.FindCallerAsync(context);
        var id = Answer.RunOf(context);
        Result<JsonObject> answer =
            !caller.IsOk ? caller.Error
            : !id.IsOk ? id.Error
            : await ReadAsync(caller.Value, id.Value, context.RequestAborted);
        await Answer.SendAsync(context, answer);
    }

    private async Task<Result<JsonObject>> ReadAsync(Caller caller, RunId id, CancellationToken ct)
    {
        var run = await rooms.Runs.GetAsync(caller, id, RunParts.None, ct);
        if (!run.IsOk)
        {
            return run.Error;
        }

        var curves = await rooms.Series.CurvesAsync(caller, new([id], samples, CurveAxis.Step), ct);
        return curves.Select(list => new JsonObject { ["series"] = Answer.List(list, Write) });
    }

    private static JsonObject Write(Curve curve) =>
        new()
        {
            ["metric"] = curve.Name.Metric,
            ["variant"] = curve.Name.Variant,
            ["x"] = Answer.List(curve.X, step => step),
            ["y"] = Answer.List(curve.Y, Answer.Number),
        };
}
