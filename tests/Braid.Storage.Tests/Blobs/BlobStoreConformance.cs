using Braid.Storage.Blobs;

namespace Braid.Storage.Tests.Blobs;

/// <summary>What every blob store does. A store's tests derive from this and add their own.</summary>
public abstract class BlobStoreConformance : IAsyncLifetime
{
    private IBlobStore? opened;

    private IBlobStore Blobs => opened ?? throw new InvalidOperationException("not started");

    private protected abstract Task<IBlobStore> OpenAsync();

    public async Task InitializeAsync() => opened = await OpenAsync();

    public virtual async Task DisposeAsync() => await Blobs.DisposeAsync();

    [Fact]
    public async Task What_is_put_is_read_in_any_range()
    {
        var bytes = StoreFixture.RandomBytes(1, 100_000);
        await Blobs.PutAsync("a/b", bytes, default);
        Assert.Equal(bytes, await ReadAsync("a/b", 0, bytes.Length));
        Assert.Equal(bytes[5000..5100], await ReadAsync("a/b", 5000, 100));
        Assert.Equal(bytes[^10..], await ReadAsync("a/b", bytes.Length - 10, 100));
        Assert.Empty(await ReadAsync("a/b", bytes.Length, 10));
        Assert.Empty(await ReadAsync("a/b", bytes.Length + 10, 10));
        Assert.Empty(await ReadAsync("a/b", 0, 0));
    }

    [Fact]
    public async Task A_put_replaces_and_readers_see_it()
    {
        await Blobs.PutAsync("x", new byte[] { 1, 2, 3 }, default);
        Assert.Equal([1, 2, 3], await ReadAsync("x", 0, 10));
        await Blobs.PutAsync("x", new byte[] { 4 }, default);
        Assert.Equal([4], await ReadAsync("x", 0, 10));
    }

    [Fact]
    public async Task What_is_not_there_is_a_file_not_found()
    {
        await Assert.ThrowsAsync<FileNotFoundException>(() => ReadAsync("nothing", 0, 1));
        await Blobs.PutAsync("gone", new byte[] { 1 }, default);
        await ReadAsync("gone", 0, 1);
        await Blobs.DeleteAsync("gone", default);
        await Blobs.DeleteAsync("gone", default);
        await Assert.ThrowsAsync<FileNotFoundException>(() => ReadAsync("gone", 0, 1));
    }

    [Fact]
    public async Task A_listing_gives_every_name_with_the_prefix_and_its_length()
    {
        Assert.Empty(await Blobs.ListAsync("packs/", default).ToListAsync());
        for (var i = 0; i < 10; i++)
        {
            await Blobs.PutAsync($"packs/{i}", new byte[i], default);
            await Blobs.PutAsync($"other/{i}", new byte[1], default);
        }

        var listed = await Blobs.ListAsync("packs/", default).ToListAsync();
        Assert.Equal(
            Enumerable.Range(0, 10).Select(i => new BlobEntry($"packs/{i}", i)),
            listed.OrderBy(entry => entry.Name, StringComparer.Ordinal)
        );
        Assert.Single(await Blobs.ListAsync("packs/3", default).ToListAsync());
    }

    [Fact]
    public async Task Many_may_read_and_write_at_once()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 30)
                .Select(i =>
                    Task.Run(async () =>
                    {
                        var bytes = StoreFixture.RandomBytes(i, 20_000);
                        await Blobs.PutAsync($"many/{i}", bytes, default);
                        Assert.Equal(bytes, await ReadAsync($"many/{i}", 0, bytes.Length));
                    })
                )
        );
    }

    [Fact]
    public async Task An_appender_goes_on_after_any_length_where_the_store_has_one()
    {
        using (var appender = Blobs.OpenAppend("log", 0))
        {
            if (appender is null)
            {
                return;
            }

            appender.Append([1, 2, 3]);
            Assert.Equal([1, 2, 3], await ReadAsync("log", 0, 10));
            appender.Append([4]);
            appender.Sync();
        }

        using (var appender = Blobs.OpenAppend("log", 2))
        {
            appender?.Append([9]);
            appender?.Sync();
        }

        Assert.Equal([1, 2, 9], await ReadAsync("log", 0, 10));
    }

    private async Task<byte[]> ReadAsync(string name, long offset, int length)
    {
        var bytes = new byte[length];
        return bytes[..await Blobs.ReadAsync(name, offset, bytes, default)];
    }
}
