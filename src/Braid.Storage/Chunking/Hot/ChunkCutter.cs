using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Braid.Storage.Chunking.Hot;

/// <summary>
/// Finds where a chunk ends: FastCDC with a 64-byte gear hash that starts afresh at every chunk, so that a cut depends on
/// the chunk's own bytes alone. That is what lets files be appended to and joined without reading them again.
/// </summary>
internal static class ChunkCutter
{
    /// <summary>The length of the first chunk of <paramref name="data"/>, or 0 when more bytes must be seen first.</summary>
    /// <param name="isEnd">No bytes follow the data.</param>
    public static int Cut(ReadOnlySpan<byte> data, bool isEnd)
    {
        var limit = Math.Min(data.Length, ChunkSizes.Max);
        if (limit > ChunkSizes.Min)
        {
            var normal = Math.Min(limit, ChunkSizes.Normal);
            var hash = 0UL;
            var at = Scan(data, ChunkSizes.Min, normal, ChunkSizes.MaskBeforeNormal, ref hash);
            at = at != 0 ? at : Scan(data, normal, limit, ChunkSizes.MaskAfterNormal, ref hash);
            if (at != 0)
            {
                return at;
            }
        }

        return limit == ChunkSizes.Max || isEnd ? limit : 0;
    }

    // The end of a chunk in (from, to], or 0. Bounds were checked by the caller: from <= to <= data.Length. Two bytes a turn,
    // because a turn takes as long as its chain of shift and add, and the sum of two table words is off that chain.
    private static int Scan(ReadOnlySpan<byte> data, int from, int to, ulong mask, ref ulong state)
    {
        ref var bytes = ref MemoryMarshal.GetReference(data);
        ref var words = ref MemoryMarshal.GetArrayDataReference(GearTable.Words);
        var hash = state;
        var at = from;
        for (; at + 1 < to; at += 2)
        {
            var first = Unsafe.Add(ref words, (nint)Unsafe.Add(ref bytes, at));
            var second = Unsafe.Add(ref words, (nint)Unsafe.Add(ref bytes, at + 1));
            var between = (hash << 1) + first;
            hash = (hash << 2) + ((first << 1) + second);
            if ((between & mask) == 0)
            {
                return at + 1;
            }

            if ((hash & mask) == 0)
            {
                return at + 2;
            }
        }

        if (at < to)
        {
            hash = (hash << 1) + Unsafe.Add(ref words, (nint)Unsafe.Add(ref bytes, at));
            if ((hash & mask) == 0)
            {
                return to;
            }
        }

        state = hash;
        return 0;
    }
}
