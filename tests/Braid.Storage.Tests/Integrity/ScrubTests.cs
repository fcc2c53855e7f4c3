using Braid.Primitives;
using Braid.Storage.Blobs;
using Braid.Storage.Integrity;
using Braid.Storage.Packs;
using Braid.Storage.Tests.Packs;
using Braid.Testing;
using Xunit.Abstractions;

namespace Braid.Storage.Tests.Integrity;

public sealed class ScrubTests(ITestOutputHelper output)
{
    private static readonly PackStoreOptions options = new() { Lanes = 1, PackLength = 60_000 };

    [Fact]
    public async Task Nothing_is_wrong_with_what_was_just_written()
    {
        using var folder = new TempFolder();
        await FillAsync(folder, seed: 1, count: 60);
        await using var store = await OpenAsync(folder);
        var packs = await new Scrub(store).RunAsync(new(), default).ToListAsync();
        Assert.True(packs.Count > 3);
        Assert.All(packs, pack => Assert.Empty(pack.Damages));
        Assert.Equal(packs[^1].Total, packs[^1].Done);
        Assert.Equal(60, packs.Sum(pack => pack.Chunks));
    }

    [Fact]
    public async Task A_scrub_goes_on_where_another_was_broken_off()
    {
        using var folder = new TempFolder();
        await FillAsync(folder, seed: 2, count: 60);
        await using var store = await OpenAsync(folder);
        var all = await new Scrub(store).RunAsync(new(), default).ToListAsync();
        var rest = await new Scrub(store).RunAsync(new() { After = all[1].Pack }, default).ToListAsync();
        Assert.Equal(all.Skip(2).Select(pack => pack.Pack), rest.Select(pack => pack.Pack));
        Assert.Equal(all[^1].Done, rest[^1].Done);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_flipped_bit_anywhere_is_found_and_wrong_bytes_are_never_served(bool whileOpen)
    {
        var seed = Seed.Pick();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 60; round++)
        {
            using var folder = new TempFolder();
            var chunks = await FillAsync(folder, seed + round, count: 40);
            PackStore store;
            if (whileOpen)
            {
                store = await OpenAsync(folder);
                Spoil(random, folder);
            }
            else
            {
                Spoil(random, folder);
                store = await OpenAsync(folder);
            }

            await using (store)
            {
                var good = await ReadableAsync(store, chunks);
                var found = await new Scrub(store).RunAsync(new(), default).ToListAsync();
                if (whileOpen)
                {
                    // Opening a store puts a damaged index right without a word.
                    Assert.Contains(found, pack => pack.Damages.Count > 0);
                }

                // What could be read can still be read, what is lost is said to be, and can be put again.
                Assert.Superset(good, await ReadableAsync(store, chunks));
                Assert.All(
                    await new Scrub(store).RunAsync(new(), default).ToListAsync(),
                    pack => Assert.Empty(pack.Damages)
                );
                foreach (var chunk in chunks)
                {
                    await store.PutAsync(chunk, default);
                }

                await store.FlushAsync(default);
                Assert.Equal(chunks.Length, (await ReadableAsync(store, chunks)).Count);
            }

            await using var again = await OpenAsync(folder);
            Assert.Equal(chunks.Length, (await ReadableAsync(again, chunks)).Count);
        }
    }

    [Fact]
    public async Task A_chunk_with_another_copy_is_read_from_there_and_the_damaged_pack_is_kept_aside()
    {
        using var folder = new TempFolder();
        using var other = new TempFolder();
        var chunks = await FillAsync(folder, seed: 3, count: 30);
        var twice = chunks[10];
        await FillAsync(other, [twice, StoreFixture.RandomBytes(99, 500)]);
        File.Copy(Directory.GetFiles(other.File("packs")).Single(), folder.File($"packs/{new string('f', 32)}"));
        await using var store = await OpenAsync(folder);
        Damage.Flip(folder.File("packs"), twice.AsSpan(100, 50));

        var packs = await new Scrub(store).RunAsync(new(), default).ToListAsync();

        var damaged = packs.Single(pack => pack.Damages.Count > 0);
        Assert.All(damaged.Damages, damage => Assert.NotEqual(ChunkFate.Lost, damage.Fate));
        Assert.True(File.Exists(folder.File(damaged.Kept!)));
        Assert.False(File.Exists(folder.File($"packs/{damaged.Pack}")));
        Assert.Equal(chunks.Length, (await ReadableAsync(store, chunks)).Count);
    }

    [Fact]
    public async Task Looking_only_changes_nothing()
    {
        using var folder = new TempFolder();
        var chunks = await FillAsync(folder, seed: 4, count: 10);
        await using var store = await OpenAsync(folder);
        Damage.Flip(folder.File("packs"), chunks[3].AsSpan(0, 40));
        var packs = await new Scrub(store).RunAsync(new() { Repair = false }, default).ToListAsync();
        var damage = packs.SelectMany(pack => pack.Damages).Single();
        Assert.Equal((ChunkFate.Left, Sha256Hash.Of(chunks[3])), (damage.Fate, damage.Chunk));
        Assert.False(Directory.Exists(folder.File("quarantine")));
    }

    [Fact]
    public async Task A_repair_that_is_broken_off_at_any_write_loses_nothing_that_was_good()
    {
        for (var site = 1; site < 12; site++)
        {
            var disk = new BrokenDisk();
            var chunks = Enumerable.Range(0, 20).Select(i => StoreFixture.RandomBytes(i, 3000)).ToArray();
            var store = await StoreFixture.OpenChunksAsync(disk, options);
            await PutAsync(store, chunks);
            await store.SealAsync(_ => true, default);
            disk.Flip(chunks[5].AsSpan(0, 60));
            disk.FailsFrom = disk.Writes + site;

            await Record.ExceptionAsync(() => new Scrub(store).RunAsync(new(), default).ToListAsync().AsTask());

            disk.FailsFrom = 0;
            Assert.Equal(19, (await ReadableAsync(store, chunks)).Count);
            var after = await StoreFixture.OpenChunksAsync(disk, options);
            await new Scrub(after).RunAsync(new(), default).ToListAsync();
            Assert.Equal(19, (await ReadableAsync(after, chunks)).Count);
        }
    }

    // One bit, or the end of one file cut off.
    private void Spoil(Random random, TempFolder folder)
    {
        var files = Directory.GetFiles(folder.File("packs"));
        var path = files[random.Next(files.Length)];
        var length = new FileInfo(path).Length;
        if (random.Next(4) == 0)
        {
            var left = random.NextInt64(length);
            output.WriteLine($"cut at {left} of {length}");
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.SetLength(file, left);
        }
        else
        {
            var (offset, bit) = (random.NextInt64(length), random.Next(8));
            output.WriteLine($"bit {bit} of byte {offset} of {length}");
            Damage.Flip(path, offset, bit);
        }
    }

    private static async Task<byte[][]> FillAsync(TempFolder folder, int seed, int count)
    {
        var random = new Random(seed);
        var chunks = Enumerable
            .Range(0, count)
            .Select(i =>
                random.Next(2) == 0
                    ? StoreFixture.RandomBytes(random.Next(), random.Next(200, 12_000))
                    : [.. Enumerable.Repeat((byte)i, random.Next(200, 12_000))]
            )
            .ToArray();
        await FillAsync(folder, chunks);
        return chunks;
    }

    private static async Task FillAsync(TempFolder folder, byte[][] chunks)
    {
        await using var store = await OpenAsync(folder);
        await PutAsync(store, chunks);
    }

    private static async Task PutAsync(PackStore store, byte[][] chunks)
    {
        foreach (var chunk in chunks)
        {
            await store.PutAsync(chunk, default);
        }

        await store.FlushAsync(default);
    }

    private static Task<PackStore> OpenAsync(TempFolder folder) =>
        StoreFixture.OpenChunksAsync(new FolderBlobs(folder.Path), options);

    private static async Task<HashSet<Sha256Hash>> ReadableAsync(PackStore store, byte[][] chunks)
    {
        var readable = new HashSet<Sha256Hash>();
        foreach (var chunk in chunks)
        {
            try
            {
                using var read = await store.ReadAsync(Sha256Hash.Of(chunk), default);
                Assert.True(read.Span.SequenceEqual(chunk), "other bytes were served");
                readable.Add(Sha256Hash.Of(chunk));
            }
            catch (CorruptionException)
            {
                // Said, not served.
            }
        }

        return readable;
    }
}
