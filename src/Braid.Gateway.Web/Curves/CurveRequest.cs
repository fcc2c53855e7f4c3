using System.Globalization;
using Braid.Primitives;
using Braid.Tracking.Series;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Curves;

/// <summary>
/// Which curves a page asks for: <c>run</c> and <c>key</c> (several of each), <c>axis</c> (<c>step</c>, or <c>time</c> in milliseconds since
/// 1970), <c>samples</c>, and <c>from</c> and <c>to</c>, between which x is to lie.
/// </summary>
internal static class CurveRequest
{
    private const int usualSamples = 600;
    private const int mostRuns = 50;
    private const int mostKeys = 100;

    public static Result<CurveQuery> Read(HttpRequest request)
    {
        var query = request.Query;
        var runs = new List<SeriesOwner>();
        foreach (var text in query["run"].Take(mostRuns))
        {
            if (!RunId.TryParse(text, out var run))
            {
                return Bad($"'{text}' is no run: a run's id is 32 hex digits");
            }

            runs.Add(run);
        }

        var (from, to) = (Number(query["from"]) ?? long.MinValue, Number(query["to"]) ?? long.MaxValue);
        return from > to
            ? Bad($"nothing lies between {from} and {to}")
            : new CurveQuery(
                runs,
                (int)Math.Clamp(Number(query["samples"]) ?? usualSamples, 1, CurveQuery.MostSamples),
                query["axis"] == "time" ? CurveAxis.Timestamp : CurveAxis.Step
            )
            {
                Names = [.. query["key"].Take(mostKeys).Select(key => NameOf(key ?? ""))],
                Range = (from, to) == (long.MinValue, long.MaxValue) ? null : (from, to),
            };
    }

    private static (string Metric, string? Variant) NameOf(string key)
    {
        var name = SeriesName.FromKey(key);
        return (name.Metric, name.Variant);
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static Error Bad(string message) => new(ErrorKind.InvalidArgument, "web.bad-curves", message);
}
