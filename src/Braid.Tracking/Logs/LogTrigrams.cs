using System.Numerics;

namespace Braid.Tracking.Logs;

/// <summary>
/// Tells, without unpacking a block, that none of its lines contains a text: a Bloom filter of the trigrams of all lines, laid
/// out as docs/formats/log-block.md says.
/// </summary>
internal static class LogTrigrams
{
    /// <summary>A shorter text has no trigram, so it rules nothing out.</summary>
    public const int Length = 3;

    private const int leastBits = 64;
    private const int bitsEach = 8;

    public static byte[] Of(IEnumerable<string> texts)
    {
        var hashes = new HashSet<ulong>();
        foreach (var text in texts)
        {
            for (var at = 0; at + Length <= text.Length; at++)
            {
                hashes.Add(Hash(text, at));
            }
        }

        var bits = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(leastBits, hashes.Count * bitsEach));
        var filter = new byte[bits / 8];
        foreach (var hash in hashes)
        {
            Set(filter, First(hash, bits));
            Set(filter, Second(hash, bits));
        }

        return filter;
    }

    /// <param name="filter">Null: nothing is known, so everything may be there.</param>
    public static bool MayContain(byte[]? filter, string text)
    {
        if (filter is null)
        {
            return true;
        }

        var bits = filter.Length * 8;
        for (var at = 0; at + Length <= text.Length; at++)
        {
            var hash = Hash(text, at);
            if (!Has(filter, First(hash, bits)) || !Has(filter, Second(hash, bits)))
            {
                return false;
            }
        }

        return true;
    }

    private static ulong Hash(string text, int at) =>
        unchecked((((ulong)text[at] << 32) | ((ulong)text[at + 1] << 16) | text[at + 2]) * 0x9E3779B97F4A7C15);

    private static int First(ulong hash, int bits) => (int)(hash >> 40) & (bits - 1);

    private static int Second(ulong hash, int bits) => (int)((hash >> 16) & (ulong)(bits - 1));

    private static void Set(byte[] filter, int bit) => filter[bit >> 3] |= (byte)(1 << (bit & 7));

    private static bool Has(byte[] filter, int bit) => (filter[bit >> 3] & (1 << (bit & 7))) != 0;
}
