using System.Buffers.Binary;
using Braid.Primitives;

namespace Braid.Storage.Packs;

/// <summary>
/// A part of the index: entries in pages that never move, and an open-addressed table of where they are. A slot is 0 or
/// holds an entry's place, plus one, and seven bits of its hash, so that a probe seldom looks at a wrong entry.
/// </summary>
internal sealed class ChunkShard
{
    private const int pageLength = 512;
    private const int placeBits = 25;
    private const uint placeMask = (1u << placeBits) - 1;

    private readonly Lock gate = new();
    private readonly List<ChunkSlot[]> pages = [];
    private readonly Stack<int> removed = new();
    private uint[] table = new uint[64];

    public int Count { get; private set; }

    /// <summary>Places given out so far.</summary>
    public int End { get; private set; }

    public long HeldBytes
    {
        get
        {
            lock (gate)
            {
                return ((long)pages.Count * pageLength * ChunkSlot.Size) + ((long)table.Length * sizeof(uint));
            }
        }
    }

    public void Add(Sha256Hash hash, ChunkLocation location, bool mayReuse)
    {
        lock (gate)
        {
            if (Find(hash) is >= 0 and var slot)
            {
                ref var known = ref EntryAt(slot);
                if (known.IsCondemned)
                {
                    known = ChunkSlot.Of(hash, location);
                }

                return;
            }

            var place = mayReuse && removed.TryPop(out var free) ? free : NextPlace();
            pages[place / pageLength][place % pageLength] = ChunkSlot.Of(hash, location);
            Count++;
            if (Count > table.Length / 5 * 4)
            {
                Grow();
            }
            else
            {
                Insert(hash, place);
            }
        }
    }

    public bool TryFind(Sha256Hash hash, out ChunkLocation location)
    {
        lock (gate)
        {
            var slot = Find(hash);
            location = slot < 0 ? default : EntryAt(slot).Location;
            return slot >= 0;
        }
    }

    public bool IsKept(Sha256Hash hash)
    {
        lock (gate)
        {
            return Find(hash) is >= 0 and var slot && !EntryAt(slot).IsCondemned;
        }
    }

    public bool TryFindOrdinal(Sha256Hash hash, out int place, out bool isCondemned)
    {
        lock (gate)
        {
            var slot = Find(hash);
            place = slot < 0 ? -1 : PlaceOf(table[slot]);
            isCondemned = slot >= 0 && EntryAt(slot).IsCondemned;
            return slot >= 0;
        }
    }

    public bool TryRead(int place, out Sha256Hash hash, out ChunkLocation location, out bool isCondemned)
    {
        lock (gate)
        {
            var entry = place < End ? pages[place / pageLength][place % pageLength] : default;
            (hash, location, isCondemned) = (entry.Hash, entry.Location, entry.IsCondemned);
            return entry.IsUsed;
        }
    }

    public bool SetCondemned(Sha256Hash hash, ChunkLocation? at, bool condemned)
    {
        lock (gate)
        {
            if (Find(hash) is var slot && slot < 0)
            {
                return false;
            }

            ref var entry = ref EntryAt(slot);
            if (at is { } expected && entry.Location != expected)
            {
                return false;
            }

            entry.IsCondemned = condemned;
            return true;
        }
    }

    public bool Move(Sha256Hash hash, ChunkLocation from, ChunkLocation to)
    {
        lock (gate)
        {
            if (Find(hash) is var slot && slot < 0)
            {
                return false;
            }

            ref var entry = ref EntryAt(slot);
            if (entry.Location != from)
            {
                return false;
            }

            var isCondemned = entry.IsCondemned;
            entry = ChunkSlot.Of(hash, to);
            entry.IsCondemned = isCondemned;
            return true;
        }
    }

    public bool Remove(Sha256Hash hash, ChunkLocation at, bool? condemned)
    {
        lock (gate)
        {
            if (Find(hash) is var slot && slot < 0)
            {
                return false;
            }

            ref var entry = ref EntryAt(slot);
            if (entry.Location != at || (condemned is { } asked && entry.IsCondemned != asked))
            {
                return false;
            }

            // What a sweep forgets is in no set of ordinals that is still asked.
            if (condemned is true)
            {
                removed.Push(PlaceOf(table[slot]));
            }

            entry = default;
            Close(slot);
            Count--;
            return true;
        }
    }

    private static int PlaceOf(uint slot) => (int)(slot & placeMask) - 1;

    // The last bytes choose the shard and the tag; the first ones, the slot.
    private static uint TagOf(Sha256Hash hash) => (uint)hash.Bytes[Sha256Hash.Size - 2] >> 1 << placeBits;

    private int HomeOf(Sha256Hash hash) =>
        (int)((BinaryPrimitives.ReadUInt32LittleEndian(hash.Bytes) * (ulong)table.Length) >> 32);

    private ref ChunkSlot EntryAt(int slot)
    {
        var place = PlaceOf(table[slot]);
        return ref pages[place / pageLength][place % pageLength];
    }

    private int Next(int slot) => slot + 1 == table.Length ? 0 : slot + 1;

    private int Find(Sha256Hash hash)
    {
        var tag = TagOf(hash);
        for (var slot = HomeOf(hash); table[slot] != 0; slot = Next(slot))
        {
            if ((table[slot] & ~placeMask) == tag && EntryAt(slot).Hash == hash)
            {
                return slot;
            }
        }

        return -1;
    }

    private int NextPlace()
    {
        if (End == pages.Count * pageLength)
        {
            pages.Add(new ChunkSlot[pageLength]);
        }

        return End < placeMask - 1
            ? End++
            : throw new InvalidOperationException("the store holds more chunks than this release can index");
    }

    private void Insert(Sha256Hash hash, int place)
    {
        var slot = HomeOf(hash);
        while (table[slot] != 0)
        {
            slot = Next(slot);
        }

        table[slot] = (uint)(place + 1) | TagOf(hash);
    }

    private void Grow()
    {
        table = new uint[table.Length + (table.Length / 4)];
        for (var place = 0; place < End; place++)
        {
            ref readonly var entry = ref pages[place / pageLength][place % pageLength];
            if (entry.IsUsed)
            {
                Insert(entry.Hash, place);
            }
        }
    }

    // Empties a slot and moves those behind it up, so that no search ends too early.
    private void Close(int hole)
    {
        table[hole] = 0;
        for (var slot = Next(hole); table[slot] != 0; slot = Next(slot))
        {
            var home = HomeOf(EntryAt(slot).Hash);
            var mayMove = hole <= slot ? home <= hole || home > slot : home <= hole && home > slot;
            if (mayMove)
            {
                (table[hole], table[slot]) = (table[slot], 0);
                hole = slot;
            }
        }
    }
}
