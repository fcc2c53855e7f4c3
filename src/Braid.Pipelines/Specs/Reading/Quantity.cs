using System.Globalization;

namespace Braid.Pipelines.Specs.Reading;

/// <summary>
/// Amounts as Kubernetes writes them: a number, with an exponent (<c>1e9</c>) or a suffix of powers of 1000 (<c>k M G T P
/// E</c>, <c>m</c> for thousandths) or of 1024 (<c>Ki Mi Gi Ti Pi Ei</c>).
/// </summary>
internal static class Quantity
{
    private static readonly (string Suffix, double Scale)[] suffixes =
    [
        ("Ki", Math.Pow(2, 10)),
        ("Mi", Math.Pow(2, 20)),
        ("Gi", Math.Pow(2, 30)),
        ("Ti", Math.Pow(2, 40)),
        ("Pi", Math.Pow(2, 50)),
        ("Ei", Math.Pow(2, 60)),
        ("m", 1e-3),
        ("k", 1e3),
        ("K", 1e3),
        ("M", 1e6),
        ("G", 1e9),
        ("T", 1e12),
        ("P", 1e15),
        ("E", 1e18),
    ];

    /// <summary>The amount, rounded up to a whole number.</summary>
    public static bool TryParse(string text, out long amount)
    {
        var (suffix, scale) = suffixes.FirstOrDefault(
            known => text.EndsWith(known.Suffix, StringComparison.Ordinal),
            ("", 1)
        );
        const NumberStyles plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var ok =
            double.TryParse(text.AsSpan(0, text.Length - suffix.Length), plain, CultureInfo.InvariantCulture, out var n)
            && n * scale <= long.MaxValue;
        amount = ok ? (long)Math.Ceiling(n * scale) : 0;
        return ok;
    }
}
