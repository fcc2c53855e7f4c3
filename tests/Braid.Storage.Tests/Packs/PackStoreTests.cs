using Braid.Primitives;
using Braid.Storage.Blobs;
using Braid.Storage.Packs;
using Braid.Testing;

namespace Braid.Storage.Tests.Packs;

public sealed class PackStoreTests
{
    [Fact]
    public async Task Concurrent_writers_lose_nothing_and_share_what_is_equal()
    {
        using var folder = new TempFolder();
        var options = new PackStoreOptions { PackLength = 200_000, Lanes = 3 };
        await using (var store = await StoreFixture.OpenChunksAsync(new FolderBlobs(folder.Path), options))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => WriteAsync(store, writer))));
            await AssertAllAsync(store);
        }

        await using var again = await StoreFixture.OpenChunksAsync(new FolderBlobs(folder.Path), options);
        Assert.Equal((8 * 100) + 100, again.ChunkCount);
        await AssertAllAsync(again);
    }

    [Fact]
    public async Task A_writer_goes_on_while_its_full_pack_is_synced_and_a_flush_waits_for_it()
    {
        var blobs = new FaultyBlobs();
        blobs.MaySync.Reset();
        await using var store = await StoreFixture.OpenChunksAsync(blobs, new() { PackLength = 100_000, Lanes = 1 });
        await store.PutAsync(StoreFixture.RandomBytes(1, 100_000), default);
        await store.PutAsync(StoreFixture.RandomBytes(2, 50_000), default);
        var flush = store.FlushAsync(default);
        Assert.False(flush.IsCompleted);
        Assert.Equal(0, blobs.Syncs);

        blobs.MaySync.Set();
        await flush;
        Assert.Equal(blobs.Appended, blobs.Synced);
    }

    [Fact]
    public async Task A_flipped_bit_is_found_at_reading_and_names_chunk_and_pack()
    {
        using var folder = new TempFolder();
        var chunk = StoreFixture.RandomBytes(1, 5000);
        await using var store = await StoreFixture.OpenChunksAsync(new FolderBlobs(folder.Path));
        var hash = await store.PutAsync(chunk, default);
        await store.FlushAsync(default);
        var pack = Directory.GetFiles(folder.File("packs")).Single();
        await using (var file = new FileStream(pack, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = 3000;
            var old = file.ReadByte();
            file.Position = 3000;
            file.WriteByte((byte)(old ^ 1));
        }

        var error = await Assert.ThrowsAsync<CorruptionException>(() => store.ReadAsync(hash, default).AsTask());
        Assert.Contains(hash.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(pack), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_of_small_chunks_is_sealed_by_their_number()
    {
        using var folder = new TempFolder();
        var options = new PackStoreOptions { PackChunks = 100, Lanes = 1 };
        await using var store = await StoreFixture.OpenChunksAsync(new FolderBlobs(folder.Path), options);
        for (var i = 0; i < 950; i++)
        {
            await store.PutAsync(BitConverter.GetBytes(i), default);
        }

        Assert.Equal(10, Directory.GetFiles(folder.File("packs")).Length);
        for (var i = 0; i < 950; i++)
        {
            var bytes = BitConverter.GetBytes(i);
            using var read = await store.ReadAsync(Sha256Hash.Of(bytes), default);
            Assert.Equal(bytes, read.Span.ToArray());
        }
    }

    [Fact]
    public async Task What_compresses_is_stored_compressed_and_the_rest_as_it_is()
    {
        using var folder = new TempFolder();
        await using (var store = await StoreFixture.OpenChunksAsync(new FolderBlobs(folder.Path)))
        {
            await store.PutAsync(new byte[1_000_000], default);
            await store.PutAsync(StoreFixture.RandomBytes(1, 500_000), default);
        }

        Assert.InRange(new FileInfo(Directory.GetFiles(folder.File("packs")).Single()).Length, 500_000, 502_000);
    }

    [Fact]
    public async Task A_folder_is_open_once()
    {
        using var folder = new TempFolder();
        await using var store = await StoreFixture.OpenChunksAsync(new FolderBlobs(folder.Path));
        var error = Assert.Throws<IOException>(() => new FolderBlobs(folder.Path));
        Assert.Contains("another process", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_sync_stops_the_process_and_is_not_repeated()
    {
        var stopped = new List<Exception>();
        var blobs = new FaultyBlobs { FailSync = true };
        var store = await StoreFixture.OpenChunksAsync(blobs, new() { LostSync = stopped.Add, Lanes = 1 });
        await store.PutAsync(new byte[] { 1 }, default);
        await Assert.ThrowsAsync<IOException>(() => store.FlushAsync(default));
        Assert.Single(stopped);
        Assert.Equal(1, blobs.Syncs);
    }

    [Fact]
    public async Task A_failed_upload_is_repeated_by_the_next_flush_and_read_meanwhile()
    {
        var blobs = new FaultyBlobs { WholeObjectsOnly = true, FailPuts = 1 };
        await using var store = await StoreFixture.OpenChunksAsync(blobs, new() { Lanes = 1 });
        var hash = await store.PutAsync(new byte[] { 1, 2, 3 }, default);
        await Assert.ThrowsAsync<IOException>(() => store.FlushAsync(default));
        using (var read = await store.ReadAsync(hash, default))
        {
            Assert.Equal([1, 2, 3], read.Span.ToArray());
        }

        await store.FlushAsync(default);
        await using var other = await StoreFixture.OpenChunksAsync(blobs);
        using var there = await other.ReadAsync(hash, default);
        Assert.Equal([1, 2, 3], there.Span.ToArray());
    }

    [Fact]
    public async Task A_store_on_shared_blobs_finds_what_another_one_wrote_later()
    {
        var blobs = new FaultyBlobs { WholeObjectsOnly = true };
        await using var one = await StoreFixture.OpenChunksAsync(blobs);
        await using var other = await StoreFixture.OpenChunksAsync(blobs);
        var hash = await one.PutAsync(new byte[] { 7 }, default);
        await one.FlushAsync(default);
        using var read = await other.ReadAsync(hash, default);
        Assert.Equal([7], read.Span.ToArray());
    }

    [Fact]
    public async Task Many_flushes_at_once_share_syncs()
    {
        var blobs = new FaultyBlobs();
        await using var store = await StoreFixture.OpenChunksAsync(blobs, new() { Lanes = 1 });
        await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(i =>
                    Task.Run(async () =>
                    {
                        await store.PutAsync(StoreFixture.RandomBytes(i, 50), default);
                        await store.FlushAsync(default);
                    })
                )
        );
        Assert.InRange(blobs.Syncs, 1, 200);
        await store.FlushAsync(default);
        Assert.Equal(blobs.Appended, blobs.Synced);
    }

    private static async Task WriteAsync(PackStore store, int writer)
    {
        for (var i = 0; i < 100; i++)
        {
            await store.PutAsync(OwnChunk(writer, i), default);
            await store.PutAsync(SharedChunk(i), default);
            if (i % 10 == 0)
            {
                await store.FlushAsync(default);
            }
        }
    }

    private static async Task AssertAllAsync(PackStore store)
    {
        for (var i = 0; i < 800; i++)
        {
            var chunk = OwnChunk(i / 100, i % 100);
            using var read = await store.ReadAsync(Sha256Hash.Of(chunk), default);
            Assert.Equal(chunk, read.Span.ToArray());
        }
    }

    private static byte[] OwnChunk(int writer, int i) => StoreFixture.RandomBytes(1000 + (writer * 100) + i, 3000);

    private static byte[] SharedChunk(int i) => StoreFixture.RandomBytes(i, 2000);
}
