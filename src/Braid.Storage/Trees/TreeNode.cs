using System.Runtime.CompilerServices;
using Braid.Primitives;

namespace Braid.Storage.Trees;

/// <summary>
/// A node of a directory, read: level 0 holds files and directories, a level above holds the nodes below it. Immutable.
/// </summary>
internal sealed class TreeNode
{
    private const byte version = 1;
    private const int headerLength = 3;
    private const int maxLevel = 32;

    /// <summary>About what the objects of a node take beside their content.</summary>
    private const int overhead = 128;

    private readonly NodeEntry[] entries;

    private TreeNode(int level, NodeEntry[] entries, int length)
    {
        Level = level;
        this.entries = entries;
        HeldBytes = length + (entries.Length * Unsafe.SizeOf<NodeEntry>()) + overhead;
    }

    public int Level { get; }

    /// <summary>Bytes of memory that it takes: the encoded form, which the keys lie in, and the entries read from it.</summary>
    public int HeldBytes { get; }

    public int Count => entries.Length;

    public ref readonly NodeEntry this[int index] => ref entries[index];

    public ref readonly NodeEntry this[Index index] => ref entries[index];

    /// <summary>The entry that stands for this node one level higher, or for its directory.</summary>
    public NodeEntry Summary(Sha256Hash hash, ReadOnlyMemory<byte> key, NodeEntryKind kind) =>
        new(key, kind, 0, hash, entries.Sum(entry => entry.Size), entries.Sum(entry => entry.Files));

    /// <summary>The first entry whose key is not less than this one; <see cref="Count"/> when there is none.</summary>
    public int LowerBound(ReadOnlySpan<byte> key)
    {
        var (low, high) = (0, entries.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (entries[middle].Key.Span.SequenceCompareTo(key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public static int EncodedLength(in NodeEntry entry) =>
        Varint.LengthOf((ulong)entry.Key.Length)
        + entry.Key.Length
        + 2
        + Sha256Hash.Size
        + Varint.LengthOf((ulong)entry.Size)
        + Varint.LengthOf((ulong)entry.Files);

    public static byte[] Encode(int level, IReadOnlyList<NodeEntry> entries)
    {
        var bytes = new byte[headerLength + entries.Sum(entry => EncodedLength(entry))];
        bytes[0] = version;
        bytes[1] = (byte)'T';
        bytes[2] = (byte)level;
        var rest = bytes.AsSpan(headerLength);
        foreach (var entry in entries)
        {
            Write(ref rest, entry);
        }

        return bytes;
    }

    /// <exception cref="CorruptionException">The bytes are no node.</exception>
    public static TreeNode Decode(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length <= headerLength || span[0] != version || span[1] != 'T' || span[2] > maxLevel)
        {
            throw new CorruptionException($"{span.Length} bytes that should be a tree node are not");
        }

        var entries = new List<NodeEntry>(span.Length / 48);
        for (var at = headerLength; at < span.Length; )
        {
            var entry = Read(bytes, ref at);
            Check(entry, span[2], entries);
            entries.Add(entry);
        }

        return new(span[2], [.. entries], span.Length);
    }

    private static void Write(ref Span<byte> to, in NodeEntry entry)
    {
        var at = Varint.Write(to, (ulong)entry.Key.Length);
        entry.Key.Span.CopyTo(to[at..]);
        at += entry.Key.Length;
        to[at++] = (byte)entry.Kind;
        to[at++] = entry.Depth;
        entry.Hash.Bytes.CopyTo(to[at..]);
        at += Sha256Hash.Size;
        at += Varint.Write(to[at..], (ulong)entry.Size);
        at += Varint.Write(to[at..], (ulong)entry.Files);
        to = to[at..];
    }

    private static NodeEntry Read(ReadOnlyMemory<byte> bytes, ref int at)
    {
        var keyLength = ReadNumber(bytes.Span, ref at);
        if (keyLength > bytes.Length - at - 2 - Sha256Hash.Size)
        {
            throw new CorruptionException("a tree node is cut");
        }

        var key = bytes.Slice(at, (int)keyLength);
        at += key.Length;
        var kind = (NodeEntryKind)bytes.Span[at++];
        var depth = bytes.Span[at++];
        var hash = new Sha256Hash(bytes.Span.Slice(at, Sha256Hash.Size));
        at += Sha256Hash.Size;
        return new(key, kind, depth, hash, ReadNumber(bytes.Span, ref at), ReadNumber(bytes.Span, ref at));
    }

    private static long ReadNumber(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (!Varint.TryRead(bytes[at..], out var value, out var length) || value > long.MaxValue)
        {
            throw new CorruptionException("a number in a tree node is damaged");
        }

        at += length;
        return (long)value;
    }

    private static void Check(in NodeEntry entry, int level, List<NodeEntry> before)
    {
        var isNamedAsDirectory = entry.Key.Span.EndsWith("/"u8);
        var isKind = entry.Kind switch
        {
            NodeEntryKind.Node => level > 0,
            NodeEntryKind.File => level == 0 && !isNamedAsDirectory && entry.Files == 1,
            NodeEntryKind.Directory => level == 0 && isNamedAsDirectory,
            _ => false,
        };
        if (!isKind || (before.Count > 0 && before[^1].Key.Span.SequenceCompareTo(entry.Key.Span) >= 0))
        {
            throw new CorruptionException("the entries of a tree node are damaged");
        }
    }
}
