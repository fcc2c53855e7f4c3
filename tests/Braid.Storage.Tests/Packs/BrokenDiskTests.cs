using Braid.Primitives;
using Braid.Storage.Files;
using Braid.Storage.Packs;
using Braid.Storage.Trees;
using Braid.Testing;
using Xunit.Abstractions;

namespace Braid.Storage.Tests.Packs;

/// <summary>A full or failing disk at every write site: the call says so, nothing acknowledged is lost, and it works again afterwards.</summary>
public sealed class BrokenDiskTests(ITestOutputHelper output)
{
    private const int rounds = 12;
    private static readonly PackStoreOptions options = new() { Lanes = 2, PackLength = 64 * 1024 };

    [Theory]
    [InlineData(BrokenDisk.NoSpaceLeft, false, ErrorKind.NoSpace)]
    [InlineData(BrokenDisk.InputOutputError, false, ErrorKind.DiskFailed)]
    [InlineData(BrokenDisk.NoSpaceLeft, true, ErrorKind.NoSpace)]
    [InlineData(BrokenDisk.InputOutputError, true, ErrorKind.DiskFailed)]
    public async Task Every_write_may_fail_and_nothing_acknowledged_is_lost(int says, bool wholeObjects, ErrorKind kind)
    {
        var seed = Seed.Pick();
        output.WriteLine($"seed {seed}");
        var sites = await SurviveAsync(new BrokenDisk { TakesWholeObjectsOnly = wholeObjects }, seed, kind);
        for (var site = 1; site <= sites; site++)
        {
            var disk = new BrokenDisk
            {
                TakesWholeObjectsOnly = wholeObjects,
                FailsFrom = site,
                Says = says,
            };
            var fault = await Record.ExceptionAsync(() => SurviveAsync(disk, seed, kind));
            Assert.True(fault is null, $"seed {seed}, write {site} of {sites}: {fault}");
        }
    }

    [Fact]
    public async Task What_waits_for_a_store_that_is_away_is_bounded_and_goes_out_when_it_is_back()
    {
        var disk = new BrokenDisk { TakesWholeObjectsOnly = true, FailsFrom = 1 };
        await using var store = await StoreFixture.OpenChunksAsync(disk, options);
        var taken = new List<byte[]>();
        for (var i = 0; i < 400; i++)
        {
            var chunk = StoreFixture.RandomBytes(i, 8 * 1024);
            if (await Record.ExceptionAsync(() => store.PutAsync(chunk, default).AsTask()) is null)
            {
                taken.Add(chunk);
            }
        }

        // Two full packs and an open one for each lane.
        Assert.InRange(taken.Sum(chunk => chunk.Length), 1, options.Lanes * 3 * (options.PackLength + 8 * 1024));

        disk.FailsFrom = 0;
        await store.PutAsync(StoreFixture.RandomBytes(-1, 100), default);
        await store.FlushAsync(default);
        await using var after = await StoreFixture.OpenChunksAsync(disk, options);
        foreach (var chunk in taken)
        {
            using var read = await after.ReadAsync(Sha256Hash.Of(chunk), default);
            Assert.True(read.Span.SequenceEqual(chunk));
        }
    }

    // The writes that it took.
    private static async Task<int> SurviveAsync(BrokenDisk disk, int seed, ErrorKind kind)
    {
        var random = new Random(seed);
        var acknowledged = new Dictionary<string, byte[]>();
        var root = TreeRoot.Empty;
        // Not closed: the other store below finds what a kill leaves.
        var store = new ContentStore(await StoreFixture.OpenChunksAsync(disk, options));
        for (var round = 0; round < rounds; round++)
        {
            var (path, bytes) = ($"/{round % 5}/f{round}", new byte[random.Next(100_000)]);
            random.NextBytes(bytes);
            try
            {
                root = await WriteAsync(store, root, path, bytes);
            }
            catch (IOException error)
            {
                Assert.Equal(kind, Fault.Of(error)?.Kind);
                await AssertHoldsAsync(store, root, acknowledged);
                // There is space again, and the client repeats its call.
                disk.FailsFrom = 0;
                root = await WriteAsync(store, root, path, bytes);
            }

            acknowledged[path] = bytes;
        }

        var writes = disk.Writes;
        await AssertHoldsAsync(store, root, acknowledged);
        await using var other = await StoreFixture.OpenChunksAsync(disk, options);
        await AssertHoldsAsync(new ContentStore(other), root, acknowledged);
        return writes;
    }

    private static async Task<TreeRoot> WriteAsync(ContentStore store, TreeRoot root, string path, byte[] bytes)
    {
        using var hold = store.Hold();
        FileContent content = await hold.WriteAsync(bytes, default);
        var next = (await hold.ApplyAsync(root, [new TreeEdit.Put(path, content)], default)).Value;
        return (await hold.SealAsync(next, default)).Value;
    }

    private static async Task AssertHoldsAsync(ContentStore store, TreeRoot root, Dictionary<string, byte[]> files)
    {
        Assert.Equal(files.Count, (await store.StatsAsync(root, default)).Files);
        foreach (var (path, bytes) in files)
        {
            var entry = await store.FindAsync(root, path, default);
            var to = new MemoryStream();
            await store.CopyToAsync(entry!.Content!, 0, long.MaxValue, to, default);
            Assert.True(to.ToArray().AsSpan().SequenceEqual(bytes), $"{path} has other bytes");
        }
    }
}
