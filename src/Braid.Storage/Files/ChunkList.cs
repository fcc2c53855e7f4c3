using Braid.Primitives;
using Braid.Storage.Packs;

namespace Braid.Storage.Files;

/// <summary>
/// A node of a large file's list of chunks (docs/formats/file-content.md): depth 1 lists chunks, depth n lists nodes of
/// depth n - 1. Every node but the last of its level has <see cref="Fanout"/> entries, so equal files have equal lists.
/// </summary>
internal static class ChunkList
{
    public const int Fanout = 1024;

    /// <summary>Enough for any file: 1024 to the fourth chunks.</summary>
    public const int MaxDepth = 4;

    private const byte version = 1;
    private const int headerLength = 3;

    public static byte[] Encode(int depth, IReadOnlyList<ChunkRef> entries)
    {
        var bytes = new byte[
            headerLength + (entries.Count * Sha256Hash.Size) + entries.Sum(entry => Varint.LengthOf((ulong)entry.Size))
        ];
        bytes[0] = version;
        bytes[1] = (byte)'L';
        bytes[2] = (byte)depth;
        var at = headerLength;
        foreach (var entry in entries)
        {
            entry.Hash.Bytes.CopyTo(bytes.AsSpan(at));
            at += Sha256Hash.Size;
            at += Varint.Write(bytes.AsSpan(at), (ulong)entry.Size);
        }

        return bytes;
    }

    /// <summary>Reads a node of a known depth.</summary>
    /// <exception cref="CorruptionException">The bytes are no such node.</exception>
    public static ChunkRef[] Decode(int depth, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= headerLength || !bytes.StartsWith([version, (byte)'L', (byte)depth]))
        {
            throw new CorruptionException($"{bytes.Length} bytes that should be a chunk list of depth {depth} are not");
        }

        var entries = new List<ChunkRef>();
        for (var rest = bytes[headerLength..]; !rest.IsEmpty; )
        {
            entries.Add(ReadEntry(ref rest));
        }

        return [.. entries];
    }

    public static async ValueTask<ChunkRef[]> LoadAsync(
        PackStore chunks,
        int depth,
        Sha256Hash hash,
        CancellationToken ct
    )
    {
        using var bytes = await chunks.ReadAsync(hash, ct);
        return Decode(depth, bytes.Span);
    }

    private static ChunkRef ReadEntry(ref ReadOnlySpan<byte> rest)
    {
        if (
            rest.Length <= Sha256Hash.Size
            || !Varint.TryRead(rest[Sha256Hash.Size..], out var size, out var length)
            || size is 0 or > long.MaxValue
        )
        {
            throw new CorruptionException("an entry of a chunk list is damaged");
        }

        var entry = new ChunkRef(new Sha256Hash(rest[..Sha256Hash.Size]), (long)size);
        rest = rest[(Sha256Hash.Size + length)..];
        return entry;
    }
}
