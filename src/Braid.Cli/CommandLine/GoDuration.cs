using System.Globalization;

namespace Braid.Cli.CommandLine;

/// <summary>Durations as Go writes them: <c>90s</c>, <c>1h30m</c>, <c>500ms</c>.</summary>
internal static class GoDuration
{
    private static readonly (string Unit, double Seconds)[] units =
    [
        ("ms", 1e-3),
        ("us", 1e-6),
        ("ns", 1e-9),
        ("h", 3600),
        ("m", 60),
        ("s", 1),
    ];

    /// <summary>As Go prints it: <c>1h30m0s</c>, <c>1.5s</c>.</summary>
    public static string Text(TimeSpan duration)
    {
        var seconds = (duration.TotalSeconds % 60).ToString("0.#########", CultureInfo.InvariantCulture) + "s";
        return duration.TotalHours >= 1 ? $"{(long)duration.TotalHours}h{duration.Minutes}m{seconds}"
            : duration.TotalMinutes >= 1 ? $"{duration.Minutes}m{seconds}"
            : seconds;
    }

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text == "0")
        {
            return true;
        }

        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || !double.TryParse(rest[..digits], CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            var (unit, seconds) = UnitOf(rest[digits..]);
            if (unit.Length == 0)
            {
                return false;
            }

            duration += TimeSpan.FromSeconds(number * seconds);
            rest = rest[(digits + unit.Length)..];
        }

        return text.Length > 0;
    }

    private static (string Unit, double Seconds) UnitOf(ReadOnlySpan<char> text)
    {
        foreach (var (unit, seconds) in units)
        {
            if (text.StartsWith(unit, StringComparison.Ordinal))
            {
                return (unit, seconds);
            }
        }

        return ("", 0);
    }
}
