using Braid.Primitives;
using Braid.Storage.Blobs;
using Braid.Storage.Files;
using Braid.Storage.Packs;
using Braid.Storage.Trees;
using Braid.Testing;

namespace Braid.Storage.Tests;

/// <summary>A content store in a folder of the test's own.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    private readonly TempFolder folder;

    private StoreFixture(TempFolder folder, PackStore chunks)
    {
        this.folder = folder;
        Chunks = chunks;
        Store = new(chunks);
        Hold = Store.Hold();
    }

    public PackStore Chunks { get; }

    public ContentStore Store { get; }

    /// <summary>Lasts as long as the fixture.</summary>
    public ContentHold Hold { get; }

    public string Path => folder.Path;

    public static async Task<StoreFixture> OpenAsync(PackStoreOptions? options = null)
    {
        var folder = new TempFolder();
        return new(folder, await OpenChunksAsync(new FolderBlobs(folder.Path), options));
    }

    public static Task<PackStore> OpenChunksAsync(IBlobStore blobs, PackStoreOptions? options = null) =>
        PackStore.OpenAsync(blobs, new ManualClock(), IdSource.System, options ?? new(), default);

    public static byte[] RandomBytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public async Task<byte[]> ReadAsync(FileContent content, long offset = 0, long length = long.MaxValue)
    {
        var to = new MemoryStream();
        await Store.CopyToAsync(content, offset, length, to, default);
        return to.ToArray();
    }

    public async Task<TreeRoot> ApplyAsync(TreeRoot root, params TreeEdit[] edits) =>
        (await Hold.ApplyAsync(root, edits, default)).Value;

    public async Task<FileContent> PutTextAsync(string text) =>
        await Hold.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), default);

    public async ValueTask DisposeAsync()
    {
        Hold.Dispose();
        await Store.DisposeAsync();
        folder.Dispose();
    }
}
