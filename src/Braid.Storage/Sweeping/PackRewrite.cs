using Braid.Primitives;
using Braid.Storage.Packs;

namespace Braid.Storage.Sweeping;

/// <summary>
/// Frees one pack: 1 what is live in it is copied to another, record by record, and the index told; 2 the copies are made
/// durable; 3 what is condemned in it is forgotten; 4 the pack is deleted. A crash leaves the pack, or copies, or both; a
/// reader that finds the pack gone looks the chunk up again.
/// </summary>
internal sealed class PackRewrite(PackStore chunks)
{
    private const int largestAtOnce = 64 * 1024 * 1024;

    /// <summary>False when the pack was left alone, because a live record in it is damaged, or a scrub has put it aside.</summary>
    /// <param name="mayDelete">Asked last; false leaves the pack and its copies.</param>
    public async Task<bool> FreeAsync(
        PackShare pack,
        Func<CancellationToken, Task<bool>> mayDelete,
        CancellationToken ct
    )
    {
        await chunks.Rearranging.WaitAsync(ct);
        try
        {
            return await FreeAloneAsync(pack, mayDelete, ct);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        finally
        {
            chunks.Rearranging.Release();
        }
    }

    private async Task<bool> FreeAloneAsync(
        PackShare pack,
        Func<CancellationToken, Task<bool>> mayDelete,
        CancellationToken ct
    )
    {
        var entries = await PackLoader.LoadAsync(chunks.Blobs, pack.Blob, ct);
        // 1
        using (var source = await OpenAsync(pack, ct))
        {
            foreach (var entry in entries.OrderBy(entry => entry.Offset))
            {
                if (IsLiveHere(pack, entry, out var at) && !await CopyAsync(source, entry, at, ct))
                {
                    return false;
                }
            }
        }

        // 2
        await chunks.FlushAsync(ct);
        if (!await mayDelete(ct))
        {
            return false;
        }

        // 3
        foreach (var entry in entries)
        {
            chunks.Index.RemoveCondemned(entry.Hash, LocationOf(pack, entry));
        }

        // 4
        chunks.Catalog.Remove(pack.Ordinal);
        await chunks.Blobs.DeleteAsync(pack.Id.BlobName, ct);
        return true;
    }

    private static ChunkLocation LocationOf(PackShare pack, in PackEntry entry) =>
        new(pack.Ordinal, entry.Offset, entry.Stored, entry.Plain, entry.Codec);

    private bool IsLiveHere(PackShare pack, in PackEntry entry, out ChunkLocation at)
    {
        at = LocationOf(pack, entry);
        return chunks.Index.IsKept(entry.Hash) && chunks.Index.TryFind(entry.Hash, out var known) && known == at;
    }

    private async ValueTask<Source> OpenAsync(PackShare pack, CancellationToken ct)
    {
        if (pack.Live == 0 || pack.Length > largestAtOnce)
        {
            return new(chunks, pack, null);
        }

        var all = RentedBytes.Rent((int)pack.Length);
        await chunks.Blobs.ReadAsync(pack.Id.BlobName, 0, all.Memory, ct);
        return new(chunks, pack, all);
    }

    private async ValueTask<bool> CopyAsync(Source source, PackEntry entry, ChunkLocation at, CancellationToken ct)
    {
        using var bytes = RentedBytes.Rent(at.Length);
        await source.ReadAsync(entry.Offset, bytes.Memory, ct);
        if (!ChunkRecord.TryRead(bytes.Span, out var record) || record.Hash != entry.Hash)
        {
            return false;
        }

        var payload = bytes.Memory[ChunkRecord.HeaderLength..];
        var copy = await chunks.AppendCopyAsync(record, payload, ct);
        // False when a put has just written it anew, elsewhere: the copy is then of no use.
        chunks.Index.Move(entry.Hash, at, copy);
        return true;
    }

    private sealed class Source(PackStore chunks, PackShare pack, RentedBytes? all) : IDisposable
    {
        public async ValueTask ReadAsync(uint offset, Memory<byte> into, CancellationToken ct)
        {
            if (all is { } bytes)
            {
                bytes.Memory.Slice((int)offset, into.Length).CopyTo(into);
                return;
            }

            var got = await chunks.Blobs.ReadAsync(pack.Id.BlobName, offset, into, ct);
            into.Span[got..].Clear();
        }

        public void Dispose() => all?.Dispose();
    }
}
