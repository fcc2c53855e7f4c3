using Braid.Primitives;
using Braid.Storage.Blobs;

namespace Braid.Storage.Tests.Blobs;

/// <summary>On a fake server, or, when BRAID_TEST_S3 holds an address (s3://BUCKET?endpoint=...), on a real one.</summary>
public sealed class S3BlobsTests : BlobStoreConformance
{
    private readonly string prefix = $"test-{IdSource.System.Next()}/";
    private FakeS3? fake;

    private protected override async Task<IBlobStore> OpenAsync()
    {
        if (Environment.GetEnvironmentVariable("BRAID_TEST_S3") is { Length: > 0 } text)
        {
            return S3Blobs.Open((BlobAddress.S3)BlobAddress.Parse(text).Value with { Prefix = prefix });
        }

        fake = await FakeS3.StartAsync();
        return fake.Open(prefix);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (fake is not null)
        {
            await fake.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_content_store_on_S3_keeps_what_was_flushed()
    {
        await using var server = await FakeS3.StartAsync();
        var bytes = StoreFixture.RandomBytes(1, 2_000_000);
        var store = new ContentStore(await StoreFixture.OpenChunksAsync(server.Open("p/")));
        using var hold = store.Hold();
        var content = await hold.WriteAsync(bytes, default);
        var root = (await hold.ApplyAsync(default, [new Storage.Trees.TreeEdit.Put("/f", content)], default)).Value;
        await hold.SealAsync(root, default);

        await using var other = new ContentStore(await StoreFixture.OpenChunksAsync(server.Open("p/")));
        var found = await other.FindAsync(root, "/f", default);
        var read = new MemoryStream();
        await other.CopyToAsync(
            Assert.IsType<Storage.Files.FileContent>(found?.Content),
            0,
            long.MaxValue,
            read,
            default
        );
        Assert.Equal(bytes, read.ToArray());
        await store.DisposeAsync();
    }
}
