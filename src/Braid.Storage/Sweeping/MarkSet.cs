namespace Braid.Storage.Sweeping;

/// <summary>
/// Chunks by ordinal, one bit for each way in which a chunk may be referred to. What is in a set is there with all that it
/// refers to, once whoever fills it is done.
/// </summary>
internal sealed class MarkSet
{
    private readonly Lock gate = new();
    private readonly ulong[][] words =
    [
        [],
        [],
        [],
    ];

    public bool Contains(long ordinal, RefKind kind)
    {
        lock (gate)
        {
            var bits = words[(int)kind];
            return ordinal >> 6 < bits.Length && (bits[ordinal >> 6] & Bit(ordinal)) != 0;
        }
    }

    /// <summary>Whether the chunk is in it in whatever way.</summary>
    public bool Contains(long ordinal) =>
        Contains(ordinal, RefKind.Data) || Contains(ordinal, RefKind.Node) || Contains(ordinal, RefKind.List);

    /// <summary>False when it was there already.</summary>
    public bool Add(long ordinal, RefKind kind)
    {
        lock (gate)
        {
            ref var bits = ref words[(int)kind];
            if (ordinal >> 6 >= bits.Length)
            {
                Array.Resize(ref bits, (int)Math.Max((ordinal >> 6) + 1, Math.Max(1024, bits.Length * 3L / 2)));
            }

            ref var word = ref bits[ordinal >> 6];
            var isNew = (word & Bit(ordinal)) == 0;
            word |= Bit(ordinal);
            return isNew;
        }
    }

    private static ulong Bit(long ordinal) => 1UL << (int)(ordinal & 63);
}
