using System.Globalization;

namespace Braid.Primitives;

/// <summary>Durations as Go and protobuf's JSON write them: <c>90s</c>, <c>1.5h</c>, <c>1h30m</c>, <c>250ms</c>.</summary>
public static class DurationText
{
    private static readonly (string Unit, double Seconds)[] units =
    [
        ("ms", 1e-3),
        ("us", 1e-6),
        ("µs", 1e-6),
        ("ns", 1e-9),
        ("h", 3600),
        ("m", 60),
        ("s", 1),
    ];

    /// <summary>False, and zero, when the text is none; parts without a sign only.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        var seconds = 0.0;
        var rest = text.AsSpan();
        while (TryPart(ref rest, out var part))
        {
            seconds += part;
        }

        var ok = rest.IsEmpty && text.Length > 0 && seconds < TimeSpan.MaxValue.TotalSeconds;
        duration = ok ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
        return ok;
    }

    private static bool TryPart(ref ReadOnlySpan<char> rest, out double seconds)
    {
        seconds = 0;
        var digits = rest.IndexOfAnyExcept("0123456789.");
        if (
            digits <= 0
            || !double.TryParse(
                rest[..digits],
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var count
            )
        )
        {
            return false;
        }

        foreach (var (unit, length) in units)
        {
            if (rest[digits..].StartsWith(unit, StringComparison.Ordinal))
            {
                rest = rest[(digits + unit.Length)..];
                seconds = count * length;
                return true;
            }
        }

        return false;
    }
}
