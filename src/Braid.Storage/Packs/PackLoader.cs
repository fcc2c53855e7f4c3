using Braid.Storage.Blobs;

namespace Braid.Storage.Packs;

/// <summary>Learns a pack's chunks: from its index, or, when it has none, from its records.</summary>
internal static class PackLoader
{
    /// <summary>No pack is longer; a longer object is not ours.</summary>
    private const long maxLength = 1L << 30;
    private const int tailLength = 64 * 1024;

    /// <summary>
    /// The chunks of a pack. One without an intact index was left by a crash: where the store is ours alone, its torn tail
    /// is cut and the index added, so that this happens once.
    /// </summary>
    public static async Task<IReadOnlyList<PackEntry>> LoadAsync(
        IBlobStore blobs,
        BlobEntry pack,
        CancellationToken ct
    ) => await TryReadIndexAsync(blobs, pack, ct) ?? await RecoverAsync(blobs, pack, ct);

    /// <summary>What the pack's index says; null when it has none, or a damaged one.</summary>
    public static async Task<PackEntry[]?> TryReadIndexAsync(IBlobStore blobs, BlobEntry pack, CancellationToken ct)
    {
        using var tail = await ReadEndAsync(blobs, pack, tailLength, ct);
        var trailer = tail.Span[Math.Max(0, tail.Length - PackIndex.TrailerLength)..];
        if (!PackIndex.TryReadTrailer(trailer, pack.Length, out var extent))
        {
            return null;
        }

        var needed = extent.Length + PackIndex.TrailerLength;
        if (needed <= tail.Length)
        {
            return PackIndex.TryDecode(tail.Span[^(int)needed..^PackIndex.TrailerLength], extent);
        }

        using var more = await ReadEndAsync(blobs, pack, needed, ct);
        return PackIndex.TryDecode(more.Span[..^PackIndex.TrailerLength], extent);
    }

    private static async Task<IReadOnlyList<PackEntry>> RecoverAsync(
        IBlobStore blobs,
        BlobEntry pack,
        CancellationToken ct
    )
    {
        using var all = await ReadEndAsync(blobs, pack, pack.Length, ct);
        var scan = PackScan.Of(all.Span);
        if (!blobs.IsShared && scan.Entries.Count == 0)
        {
            await blobs.DeleteAsync(pack.Name, ct);
        }
        else if (!blobs.IsShared)
        {
            using var appender = blobs.OpenAppend(pack.Name, scan.End);
            appender?.Append(PackIndex.Encode(scan.Entries, scan.End));
            appender?.Sync();
        }

        return scan.Entries;
    }

    private static async Task<RentedBytes> ReadEndAsync(
        IBlobStore blobs,
        BlobEntry pack,
        long length,
        CancellationToken ct
    )
    {
        if (pack.Length > maxLength)
        {
            throw new CorruptionException($"'{pack.Name}' has {pack.Length} bytes, more than any pack");
        }

        var bytes = RentedBytes.Rent((int)Math.Min(length, pack.Length));
        var got = await blobs.ReadAsync(pack.Name, pack.Length - bytes.Length, bytes.Memory, ct);
        return got == bytes.Length
            ? bytes
            : throw new CorruptionException($"'{pack.Name}' ended after {got} of {bytes.Length} bytes");
    }
}
