namespace Braid.Tracking.Series.Hot;

/// <summary>Tells bytes that no compressor shortens from others, by how often each value occurs at the front of them.</summary>
internal static class Noise
{
    private const int looked = 4096;
    private const int values = 256;

    /// <summary>
    /// Uniform bytes meet themselves in a pair once in 256 times; who meets itself a quarter more often is not
    /// uniform.
    /// </summary>
    public static bool Fills(ReadOnlySpan<byte> bytes)
    {
        var some = bytes[..Math.Min(looked, bytes.Length)];
        if (some.Length < values)
        {
            return false;
        }

        Span<int> counts = stackalloc int[values];
        counts.Clear();
        foreach (var value in some)
        {
            counts[value]++;
        }

        long pairs = 0;
        foreach (var count in counts)
        {
            pairs += (long)count * (count - 1);
        }

        var uniform = (long)some.Length * (some.Length - 1) / values;
        return pairs < uniform + (uniform / 4);
    }
}
