using Braid.Gateway.Pachyderm.Wire;
using Braid.Protos.Logs;

namespace Braid.Gateway.Pachyderm.Logs;

/// <summary>
/// The times that a query is about: from <paramref name="From"/>, included, to <paramref name="Until"/>, not included, which
/// lies before it when the newest lines are to come first.
/// </summary>
/// <param name="Offset">So many lines of the first time were told before.</param>
internal sealed record LogWindow(DateTimeOffset From, DateTimeOffset Until, ulong Offset)
{
    /// <summary>How far back, or on, a query goes that names one end or none.</summary>
    private static readonly TimeSpan usual = TimeSpan.FromHours(700);

    /// <summary>Lines have times in whole milliseconds.</summary>
    private static readonly TimeSpan finest = TimeSpan.FromMilliseconds(1);

    public bool IsBackward => From > Until;

    /// <summary>The ends as a half-open interval, whichever way it is read.</summary>
    public DateTimeOffset Earliest => IsBackward ? Until + finest : From;

    public DateTimeOffset Latest => IsBackward ? From + finest : Until;

    public static LogWindow Of(TimeRangeLogFilter? range, DateTimeOffset now)
    {
        var (from, until) = (range?.From?.ToDateTimeOffset(), range?.Until?.ToDateTimeOffset());
        // What is written while the query is read belongs to it.
        var end = until ?? from + usual ?? now + finest;
        return new(from ?? end - usual, end, range?.Offset ?? 0);
    }

    /// <summary>What comes after the last line that was told, when a limit cut the answer.</summary>
    public LogWindow After(DateTimeOffset last, ulong toldOfIt) => this with { From = last, Offset = toldOfIt };

    /// <summary>The window of the same length that begins where this one ends.</summary>
    public LogWindow Onward => new(Until, Until + (Until - From), 0);

    /// <summary>The window of the same length that ends where this one begins.</summary>
    public LogWindow Before => new(From - (Until - From), From, 0);

    public TimeRangeLogFilter ToWire() =>
        new()
        {
            From = From.ToWire(),
            Until = Until.ToWire(),
            Offset = Offset,
        };
}
