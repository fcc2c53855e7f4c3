using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Braid.TensorBoard.Events;

namespace Braid.TensorBoard.Hot;

/// <summary>
/// The tags of one TensorBoard run, numbered from 0 in the order in which they were met, and what is known of each: writers
/// say what a tag's values mean with its first value only. One thread at a time.
/// </summary>
public sealed class TagTable
{
    // Open addressing, at most half full; a slot holds a tag's number plus one.
    private int[] slots = new int[64];
    private Entry[] entries = new Entry[32];
    private readonly List<int> described = [];
    private readonly ulong seed = MemoryMarshal.Read<ulong>(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>How many tags there are.</summary>
    public int Count { get; private set; }

    /// <summary>The tag of a number; bytes that are no UTF-8 are replaced.</summary>
    public string this[int tag] => entries[tag].Text ??= Encoding.UTF8.GetString(entries[tag].Utf8);

    /// <summary>What is known of a tag; null while no value came with it.</summary>
    public TagMetadata? MetadataOf(int tag) => entries[tag].Metadata;

    /// <summary>What is known of tags, in the order in which it became known.</summary>
    public IReadOnlyList<(string Tag, TagMetadata Metadata)> Described =>
        [.. described.Select(tag => (this[tag], entries[tag].Metadata!))];

    /// <summary>How many tags something is known of.</summary>
    public int DescribedCount => described.Count;

    /// <summary>The tag's number; a new one when it was never met.</summary>
    public int Intern(ReadOnlySpan<byte> utf8)
    {
        var hash = HashOf(utf8);
        var mask = slots.Length - 1;
        var slot = (int)hash & mask;
        for (; slots[slot] != 0; slot = (slot + 1) & mask)
        {
            ref readonly var entry = ref entries[slots[slot] - 1];
            if (entry.Hash == hash && utf8.SequenceEqual(entry.Utf8))
            {
                return slots[slot] - 1;
            }
        }

        return Add(slot, hash, utf8);
    }

    /// <summary>The tag's number; a new one when it was never met.</summary>
    public int Intern(string tag) => Intern(Encoding.UTF8.GetBytes(tag));

    /// <summary>Says what a tag's values mean, unless something is known already: the first word counts, as in TensorBoard.</summary>
    public void Describe(int tag, TagMetadata metadata)
    {
        ref var entry = ref entries[tag];
        if (entry.Metadata is null)
        {
            entry.Metadata = metadata;
            entry.IsScalar = metadata.Plugin is TagMetadata.Scalars;
            described.Add(tag);
        }
    }

    /// <summary>Whether the tag's values, metadata or not, are known to be plain numbers.</summary>
    internal bool IsScalar(int tag) => entries[tag].IsScalar;

    /// <summary>Whether something is known of the tag, so that further metadata does not matter.</summary>
    internal bool IsDescribed(int tag) => entries[tag].Metadata is not null;

    private int Add(int slot, uint hash, ReadOnlySpan<byte> utf8)
    {
        if (Count == entries.Length)
        {
            Grow();
            slot = FreeSlot(hash);
        }

        entries[Count] = new() { Hash = hash, Utf8 = utf8.ToArray() };
        slots[slot] = ++Count;
        return Count - 1;
    }

    private void Grow()
    {
        Array.Resize(ref entries, entries.Length * 2);
        slots = new int[slots.Length * 2];
        for (var tag = 0; tag < Count; tag++)
        {
            slots[FreeSlot(entries[tag].Hash)] = tag + 1;
        }
    }

    private int FreeSlot(uint hash)
    {
        var mask = slots.Length - 1;
        var slot = (int)hash & mask;
        while (slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    /// <summary>Seeded, so that nobody can make tags that all fall into one slot.</summary>
    private uint HashOf(ReadOnlySpan<byte> bytes)
    {
        const ulong multiplier = 0x9E3779B97F4A7C15;
        var hash = seed ^ (ulong)bytes.Length;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Fold(hash ^ MemoryMarshal.Read<ulong>(bytes), multiplier);
            bytes = bytes[sizeof(ulong)..];
        }

        ulong rest = 0;
        foreach (var one in bytes)
        {
            rest = (rest << 8) | one;
        }

        hash = Fold(hash ^ rest, multiplier ^ seed);
        return (uint)(hash ^ (hash >> 32));
    }

    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }

    private struct Entry
    {
        public uint Hash;
        public byte[] Utf8;
        public string? Text;
        public TagMetadata? Metadata;
        public bool IsScalar;
    }
}
