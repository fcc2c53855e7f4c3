using System.Globalization;

namespace Braid.Data.Branching;

/// <summary>Sizes as people write them: <c>100</c>, <c>1K</c>, <c>1.5MB</c> (powers of 1000), <c>2GiB</c> (powers of 1024).</summary>
internal static class ByteSize
{
    private const string scales = "KMGTP";

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var rest = text.AsSpan().Trim();
        rest = rest.EndsWith("b", StringComparison.OrdinalIgnoreCase) ? rest[..^1] : rest;
        var unit = 1000d;
        if (rest.EndsWith("i", StringComparison.OrdinalIgnoreCase))
        {
            unit = 1024d;
            rest = rest[..^1];
        }

        var scale = rest.IsEmpty ? -1 : scales.IndexOf(char.ToUpperInvariant(rest[^1]), StringComparison.Ordinal);
        rest = scale < 0 ? rest : rest[..^1];
        if (!double.TryParse(rest.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var exact = number * Math.Pow(unit, scale + 1);
        bytes = exact < long.MaxValue ? (long)exact : 0;
        return bytes > 0;
    }
}
