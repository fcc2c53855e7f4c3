using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Tracking.Series;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Curves;

/// <summary>
/// <c>GET /api/curves</c>: curves with at most so many points, each the mean of the values around it. Where several fell together,
/// <c>low</c> and <c>high</c> bound them; they are absent where each point is exact.
/// </summary>
internal sealed class CurvesEndpoint(WebRooms rooms, BrowserSession session)
{
    public Task AnswerAsync(HttpContext context) =>
        new CallerAnswer(session).SendAsync(
            context,
            async (caller, ct) =>
            {
                var query = CurveRequest.Read(context.Request);
                return query.IsOk ? await ReadAsync(caller, query.Value, ct) : query.Error;
            }
        );

    private async Task<Result<JsonObject>> ReadAsync(Caller caller, CurveQuery query, CancellationToken ct)
    {
        var curves = await rooms.Series.CurvesAsync(caller, query, ct);
        return curves.Select(list => new JsonObject { ["curves"] = Answer.List(list, Write) });
    }

    private static JsonObject Write(Curve curve)
    {
        var answer = new JsonObject
        {
            ["run"] = curve.Owner.ToString(),
            ["key"] = curve.Name.Key,
            ["x"] = Answer.List(curve.X, x => x),
            ["y"] = Answer.List(curve.Y, Answer.Number),
        };
        if (!curve.Low.SequenceEqual(curve.High))
        {
            answer["low"] = Answer.List(curve.Low, Answer.Number);
            answer["high"] = Answer.List(curve.High, Answer.Number);
        }

        return answer;
    }
}
