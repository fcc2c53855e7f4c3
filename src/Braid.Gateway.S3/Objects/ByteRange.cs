using System.Globalization;

namespace Braid.Gateway.S3.Objects;

/// <summary>One range of bytes: <c>bytes=a-b</c>, <c>bytes=a-</c> or <c>bytes=-n</c>. Several at once are ignored, as S3 does.</summary>
internal static class ByteRange
{
    private const string unit = "bytes=";

    /// <summary>False for what HTTP says to ignore.</summary>
    public static bool IsRange(string text) =>
        text.StartsWith(unit, StringComparison.Ordinal)
        && text[unit.Length..].Split('-') is [var from, var to]
        && (from.Length > 0 || to.Length > 0)
        && (from.Length == 0 || TryNumber(from, out _))
        && (to.Length == 0 || TryNumber(to, out _));

    /// <summary>The part of a file of <paramref name="size"/> bytes that the range stands for; false when it is none.</summary>
    public static bool TryResolve(string text, long size, out long offset, out long length)
    {
        var parts = text[unit.Length..].Split('-');
        if (parts[0].Length == 0)
        {
            _ = TryNumber(parts[1], out var last);
            offset = Math.Max(0, size - last);
            length = size - offset;
            return length > 0;
        }

        _ = TryNumber(parts[0], out offset);
        var end = parts[1].Length > 0 && TryNumber(parts[1], out var to) ? Math.Min(to, size - 1) : size - 1;
        length = end - offset + 1;
        return length > 0;
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
