using Braid.Primitives;
using Braid.Storage.Blobs;
using Braid.Storage.Packs;
using Braid.Testing;

namespace Braid.Storage.Tests.Packs;

/// <summary>What a crash may leave: a pack that ends anywhere, or that holds damage where nothing was synced.</summary>
public sealed class PackCrashTests
{
    [Fact]
    public async Task A_pack_cut_at_any_byte_of_its_last_record_keeps_all_records_before()
    {
        var (id, pack, chunks) = MakePack(count: 3, payload: 40);
        var lastRecord = pack.Length - ChunkRecord.HeaderLength - 40;
        for (var length = lastRecord; length < pack.Length; length++)
        {
            using var folder = new TempFolder();
            await WriteAsync(folder, id, pack.AsMemory(0, length));
            await using (var store = await StoreFixture.OpenChunksAsync(new FolderBlobs(folder.Path)))
            {
                await AssertReadableAsync(store, chunks[..2]);
                await Assert.ThrowsAsync<CorruptionException>(() =>
                    store.ReadAsync(Sha256Hash.Of(chunks[2]), default).AsTask()
                );
                await store.PutAsync(chunks[2], default);
            }

            await using var again = await StoreFixture.OpenChunksAsync(new FolderBlobs(folder.Path));
            await AssertReadableAsync(again, chunks);
        }
    }

    [Fact]
    public async Task A_pack_cut_within_its_index_loses_nothing_and_gets_its_index_back()
    {
        var (id, pack, chunks) = MakePack(count: 5, payload: 100);
        byte[] whole = [.. pack, .. PackIndex.Encode(PackScan.Of(pack).Entries.ToList(), pack.Length)];
        for (var length = pack.Length; length < whole.Length; length += 7)
        {
            using var folder = new TempFolder();
            await WriteAsync(folder, id, whole.AsMemory(0, length));
            await using var store = await StoreFixture.OpenChunksAsync(new FolderBlobs(folder.Path));
            await AssertReadableAsync(store, chunks);
            Assert.Equal(whole, await File.ReadAllBytesAsync(folder.File(id.BlobName)));
        }
    }

    [Fact]
    public async Task Damage_in_the_middle_costs_the_damaged_chunk_only()
    {
        var (id, pack, chunks) = MakePack(count: 3, payload: 40);
        var record = ChunkRecord.HeaderLength + 40;
        for (var at = PackHeader.Length + record; at < PackHeader.Length + (2 * record); at++)
        {
            var damaged = pack.ToArray();
            damaged[at] ^= 0x10;
            using var folder = new TempFolder();
            await WriteAsync(folder, id, damaged);
            await using var store = await StoreFixture.OpenChunksAsync(new FolderBlobs(folder.Path));
            await AssertReadableAsync(store, [chunks[0], chunks[2]]);
            await Assert.ThrowsAsync<CorruptionException>(() =>
                store.ReadAsync(Sha256Hash.Of(chunks[1]), default).AsTask()
            );
        }
    }

    [Fact]
    public async Task A_store_that_was_not_closed_keeps_what_was_flushed()
    {
        using var folder = new TempFolder();
        using var copy = new TempFolder();
        var chunks = Enumerable.Range(0, 50).Select(i => StoreFixture.RandomBytes(i, 1000)).ToArray();
        await using var store = await StoreFixture.OpenChunksAsync(new FolderBlobs(folder.Path));
        foreach (var chunk in chunks)
        {
            await store.PutAsync(chunk, default);
        }

        await store.FlushAsync(default);
        Directory.CreateDirectory(copy.File("packs"));
        foreach (var file in Directory.GetFiles(folder.File("packs")))
        {
            File.Copy(file, copy.File("packs/" + Path.GetFileName(file)));
        }

        await using var after = await StoreFixture.OpenChunksAsync(new FolderBlobs(copy.Path));
        await AssertReadableAsync(after, chunks);
    }

    [Fact]
    public async Task An_empty_pack_is_removed()
    {
        using var folder = new TempFolder();
        var id = new PackId(IdSource.Seeded(1).Next());
        await WriteAsync(folder, id, ReadOnlyMemory<byte>.Empty);
        await using var store = await StoreFixture.OpenChunksAsync(new FolderBlobs(folder.Path));
        Assert.Empty(Directory.GetFiles(folder.File("packs")));
    }

    internal static (PackId Id, byte[] Pack, byte[][] Chunks) MakePack(int count, int payload)
    {
        var id = new PackId(IdSource.Seeded(1).Next());
        var chunks = Enumerable.Range(0, count).Select(i => StoreFixture.RandomBytes(i, payload)).ToArray();
        var pack = new byte[PackHeader.Length + (count * (ChunkRecord.HeaderLength + payload))];
        PackHeader.Write(pack, id, new ManualClock().GetUtcNow());
        var at = PackHeader.Length;
        foreach (var chunk in chunks)
        {
            var record = new ChunkRecord(Sha256Hash.Of(chunk), ChunkCodec.Raw, payload, payload, Crc32C.Of(chunk));
            record.WriteHeader(pack.AsSpan(at));
            chunk.CopyTo(pack, at + ChunkRecord.HeaderLength);
            at += ChunkRecord.HeaderLength + payload;
        }

        return (id, pack, chunks);
    }

    private static async Task WriteAsync(TempFolder folder, PackId id, ReadOnlyMemory<byte> bytes)
    {
        Directory.CreateDirectory(folder.File("packs"));
        await File.WriteAllBytesAsync(folder.File(id.BlobName), bytes);
    }

    private static async Task AssertReadableAsync(PackStore store, IEnumerable<byte[]> chunks)
    {
        foreach (var chunk in chunks)
        {
            using var read = await store.ReadAsync(Sha256Hash.Of(chunk), default);
            Assert.Equal(chunk, read.Span.ToArray());
        }
    }
}
