using System.Buffers;
using System.Security.Cryptography;
using Braid.Storage.Chunking;
using Braid.Storage.Chunking.Hot;

namespace Braid.Cli.Transfers;

/// <summary>
/// The hash by which the server names a file's content (docs/formats/file-content.md), of a file on this side: equal hashes
/// and sizes are equal files. Up to 64 KiB it is the SHA-256 of the bytes, beyond that the SHA-256 of a list of chunks.
/// </summary>
internal sealed class ContentHash : IDisposable
{
    private const int fanout = 1024;
    private const int bufferBytes = 2 * ChunkSizes.Max;
    private const byte listVersion = 1;

    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(bufferBytes);
    private readonly List<List<Entry>> levels =
    [
        [],
    ];
    private int start;
    private int end;

    /// <summary>True when the file holds exactly the content of this hash and size.</summary>
    public static bool Matches(string path, long size, ReadOnlySpan<byte> hash)
    {
        var found = new FileInfo(path);
        return found.Exists && found.LinkTarget is null && found.Length == size && OfFile(path).SequenceEqual(hash);
    }

    public static byte[] OfFile(string path)
    {
        using var file = File.OpenRead(path);
        return Of(file);
    }

    public static byte[] Of(Stream content)
    {
        using var hash = new ContentHash();
        while (content.Read(hash.Free) is var got and > 0)
        {
            hash.Advance(got);
        }

        return hash.Finish();
    }

    /// <summary>Adds bytes that follow those added before.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var free = Free;
            var step = Math.Min(free.Length, bytes.Length);
            bytes[..step].CopyTo(free);
            Advance(step);
            bytes = bytes[step..];
        }
    }

    public byte[] Finish()
    {
        CutAll(isEnd: true);
        for (var level = 0; ; level++)
        {
            var isTop = level == levels.Count - 1;
            if (isTop && levels[level].Count <= 1)
            {
                return levels[level] is [var only] ? only.Hash : SHA256.HashData([]);
            }

            if (levels[level].Count > 0)
            {
                RollUp(level);
            }
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private Span<byte> Free => buffer.AsSpan(end);

    private void Advance(int length)
    {
        end += length;
        if (end == buffer.Length)
        {
            CutAll(isEnd: false);
        }
    }

    private void CutAll(bool isEnd)
    {
        while (start < end && ChunkCutter.Cut(buffer.AsSpan(start, end - start), isEnd) is var length and > 0)
        {
            Add(0, new(SHA256.HashData(buffer.AsSpan(start, length)), length));
            start += length;
        }

        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
    }

    private void Add(int level, Entry entry)
    {
        if (level == levels.Count)
        {
            levels.Add([]);
        }

        levels[level].Add(entry);
        if (levels[level].Count == fanout)
        {
            RollUp(level);
        }
    }

    private void RollUp(int level)
    {
        var entries = levels[level];
        using var list = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        list.AppendData([listVersion, (byte)'L', (byte)(level + 1)]);
        Span<byte> size = stackalloc byte[10];
        foreach (var entry in entries)
        {
            list.AppendData(entry.Hash);
            list.AppendData(size[..WriteVarint(size, (ulong)entry.Size)]);
        }

        var whole = new Entry(list.GetHashAndReset(), entries.Sum(entry => entry.Size));
        entries.Clear();
        Add(level + 1, whole);
    }

    private static int WriteVarint(Span<byte> into, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            into[length++] = (byte)(value | 0x80);
        }

        into[length++] = (byte)value;
        return length;
    }

    private readonly record struct Entry(byte[] Hash, long Size);
}
