namespace Braid.Storage.Trees;

/// <summary>
/// Where a node ends. It depends on the entries of the node alone, so the same entries make the same nodes whatever edits
/// led to them, and an edit moves the ends near it only. Part of the format (docs/formats/tree.md).
/// </summary>
internal static class NodeBoundary
{
    /// <summary>No end before this many bytes of entries.</summary>
    public const int MinLength = 2 * 1024;

    /// <summary>An end here at the latest.</summary>
    public const int MaxLength = 32 * 1024;

    /// <summary>Fewer entries never end a node, so that every level is shorter than the one below.</summary>
    public const int MinCount = 2;

    private const ulong oneIn = 64;

    /// <summary>Whether a node ends after its last entry.</summary>
    /// <param name="length">Encoded bytes of its entries.</param>
    public static bool IsAfter(int level, int count, int length, ReadOnlySpan<byte> lastKey) =>
        count >= MinCount && length >= MinLength && (length >= MaxLength || KeyHash(level, lastKey) % oneIn == 0);

    // FNV-1a over the level and the key, then MurmurHash3's finaliser, because FNV leaves the low bits weak.
    private static ulong KeyHash(int level, ReadOnlySpan<byte> key)
    {
        const ulong prime = 0x0000_0100_0000_01B3;
        var hash = (0xCBF2_9CE4_8422_2325 ^ (ulong)level) * prime;
        foreach (var part in key)
        {
            hash = (hash ^ part) * prime;
        }

        hash = (hash ^ (hash >> 33)) * 0xFF51_AFD7_ED55_8CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CE_B9FE_1A85_EC53;
        return hash ^ (hash >> 33);
    }
}
