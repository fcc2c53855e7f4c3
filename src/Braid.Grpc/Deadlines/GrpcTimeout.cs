using System.Globalization;

namespace Braid.Grpc.Deadlines;

/// <summary>The header <c>grpc-timeout</c>: at most eight digits and a unit (H, M, S, m, u, n).</summary>
public static class GrpcTimeout
{
    private const int mostDigits = 8;
    private const long mostValue = 99_999_999;

    /// <summary>The longest time a timer takes; a longer one is as good as none.</summary>
    private static readonly TimeSpan longest = TimeSpan.FromDays(40);

    public static bool TryParse(string? header, out TimeSpan timeout)
    {
        timeout = default;
        if (
            header is not { Length: >= 2 and <= mostDigits + 1 }
            || !long.TryParse(
                header.AsSpan(0, header.Length - 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var value
            )
            || TicksOf(header[^1]) is not { } ticks
        )
        {
            return false;
        }

        var exact = (Int128)value * ticks.Numerator / ticks.Denominator;
        timeout = exact > longest.Ticks ? longest : new TimeSpan((long)exact);
        return true;
    }

    /// <summary>The header for a timeout, in the finest unit that fits eight digits; never shorter than asked.</summary>
    public static string Format(TimeSpan timeout)
    {
        var ticks = Math.Max(timeout.Ticks, 1);
        return Fit(ticks * 100, 1, 'n')
            ?? Fit(ticks, 10, 'u')
            ?? Fit(ticks, TimeSpan.TicksPerMillisecond, 'm')
            ?? Fit(ticks, TimeSpan.TicksPerSecond, 'S')
            ?? Fit(ticks, TimeSpan.TicksPerMinute, 'M')
            ?? $"{mostValue}H";
    }

    private static string? Fit(long value, long unit, char letter)
    {
        var count = (value + unit - 1) / unit;
        return value >= 0 && count <= mostValue ? $"{count}{letter}" : null;
    }

    private static (long Numerator, long Denominator)? TicksOf(char unit) =>
        unit switch
        {
            'H' => (TimeSpan.TicksPerHour, 1),
            'M' => (TimeSpan.TicksPerMinute, 1),
            'S' => (TimeSpan.TicksPerSecond, 1),
            'm' => (TimeSpan.TicksPerMillisecond, 1),
            'u' => (TimeSpan.TicksPerMicrosecond, 1),
            'n' => (1, TimeSpan.NanosecondsPerTick),
            _ => null,
        };
}
