using System.Globalization;

namespace Braid.Primitives.Cron;

/// <summary>
/// One of the five fields: the values that match, as bits, and whether it was written as "any", which decides how days of
/// the month and of the week are joined.
/// </summary>
internal readonly record struct CronField(ulong Bits, bool IsAny)
{
    private static readonly string[] months =
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
    ];

    private static readonly string[] days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    public bool Contains(int value) => (Bits & (1UL << value)) != 0;

    public static bool TryParseMinute(string text, out CronField field) => TryParse(text, new(0, 59, []), out field);

    public static bool TryParseHour(string text, out CronField field) => TryParse(text, new(0, 23, []), out field);

    public static bool TryParseDayOfMonth(string text, out CronField field) =>
        TryParse(text, new(1, 31, []), out field);

    public static bool TryParseMonth(string text, out CronField field) => TryParse(text, new(1, 12, months), out field);

    /// <summary>Sunday is 0, and 7 too.</summary>
    public static bool TryParseDayOfWeek(string text, out CronField field)
    {
        var ok = TryParse(text, new(0, 7, days), out var read);
        var sunday = (read.Bits >> 7) & 1;
        field = read with { Bits = (read.Bits | sunday) & 0x7F };
        return ok;
    }

    private static bool TryParse(string text, Bounds bounds, out CronField field)
    {
        field = default;
        foreach (var part in text.Split(','))
        {
            if (!TryParsePart(part, bounds, out var one))
            {
                return false;
            }

            field = new(field.Bits | one.Bits, field.IsAny | one.IsAny);
        }

        return true;
    }

    /// <summary><c>*</c>, <c>?</c>, <c>a</c> or <c>a-b</c>; then, if wanted, <c>/step</c>; <c>a/step</c> goes on to the end.</summary>
    private static bool TryParsePart(string part, Bounds bounds, out CronField field)
    {
        field = default;
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        var span = slash < 0 ? part : part[..slash];
        if (
            !TryParseStep(slash < 0 ? "1" : part[(slash + 1)..], out var step)
            || !TryParseSpan(span, bounds, openEnd: slash >= 0, out var first, out var last)
        )
        {
            return false;
        }

        var bits = 0UL;
        for (var value = first; value <= last; value += step)
        {
            bits |= 1UL << value;
        }

        field = new(bits, span is "*" or "?" && step == 1);
        return true;
    }

    private static bool TryParseStep(string text, out int step) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out step) && step is > 0 and < 64;

    private static bool TryParseSpan(string text, Bounds bounds, bool openEnd, out int first, out int last)
    {
        (first, last) = (bounds.First, bounds.Last);
        if (text is "*" or "?")
        {
            // Sunday is not counted twice: a step over days of the week begins at the first.
            last = bounds.Names.Length == days.Length ? last - 1 : last;
            return true;
        }

        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (!bounds.TryRead(dash < 0 ? text : text[..dash], out first))
        {
            return false;
        }

        if (dash >= 0)
        {
            return bounds.TryRead(text[(dash + 1)..], out last) && first <= last;
        }

        last = openEnd ? bounds.Last : first;
        return true;
    }

    private readonly record struct Bounds(int First, int Last, string[] Names)
    {
        public bool TryRead(string text, out int value)
        {
            var name = Array.IndexOf(Names, text.ToLowerInvariant());
            value = name + First;
            return name >= 0
                || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
                    && value >= First
                    && value <= Last;
        }
    }
}
