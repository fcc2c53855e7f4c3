using Braid.Gateway.ClearML.Requests;
using Braid.Tracking.Workers;

namespace Braid.Gateway.ClearML.Workers;

internal static class HistorySpans
{
    /// <summary>Workers report every thirty seconds: shorter intervals would have holes.</summary>
    private const long shortestInterval = 40;

    /// <summary>The time that a chart shows: <c>from_date</c> to <c>to_date</c>, in intervals of so many seconds.</summary>
    public static HistorySpan Span(this Fields fields)
    {
        var (from, to) = (Instant(fields, "from_date"), Instant(fields, "to_date"));
        var interval = fields.Whole("interval") ?? shortestInterval;
        if (from >= to)
        {
            fields.Refuse(Errors.InvalidField("to_date", "a time after from_date"));
        }

        return new(from, to, TimeSpan.FromSeconds(Math.Clamp(interval, shortestInterval, int.MaxValue)));
    }

    /// <summary>Seconds since 1970.</summary>
    private static DateTimeOffset Instant(Fields fields, string name)
    {
        if (!fields.Has(name))
        {
            fields.Refuse(Errors.MissingField(name));
        }

        return fields.Time(name) ?? DateTimeOffset.UnixEpoch;
    }
}
