using System.Security.Cryptography;
using System.Text;

namespace Braid.Tracking.Series;

/// <summary>
/// What series of one name have in common: MD5 over the MD5s of metric and variant, so that it is known to who knows only those.
/// It secures nothing.
/// </summary>
internal static class SeriesNameKey
{
    public static string Of(string metric, string variant) => OfDigests(Digest(metric), Digest(variant));

    /// <param name="metric">MD5 of the metric's name, hex.</param>
    /// <param name="variant">MD5 of the variant's name, hex.</param>
    public static string OfDigests(string metric, string variant) => Digest(metric + variant);

    private static string Digest(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
