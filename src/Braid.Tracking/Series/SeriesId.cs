using System.Security.Cryptography;
using System.Text;

namespace Braid.Tracking.Series;

/// <summary>
/// The key of a series' row: half of SHA-256 over owner, metric and variant. Being computed, it is known before the row
/// is, so that a batch of many new series needs no question back.
/// </summary>
internal static class SeriesId
{
    private const int bytes = 16;

    public static string Of(string owner, SeriesName name)
    {
        // NUL is in no name (it cannot be stored), so the text is unambiguous.
        var text = Encoding.UTF8.GetBytes($"{owner}\0{name.Metric}\0{name.Variant}");
        return Convert.ToHexStringLower(SHA256.HashData(text).AsSpan(0, bytes));
    }
}
