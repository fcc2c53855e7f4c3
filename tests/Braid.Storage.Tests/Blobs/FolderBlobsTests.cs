using Braid.Storage.Blobs;
using Braid.Testing;

namespace Braid.Storage.Tests.Blobs;

public sealed class FolderBlobsTests : BlobStoreConformance
{
    private readonly TempFolder folder = new();

    private protected override Task<IBlobStore> OpenAsync() =>
        Task.FromResult<IBlobStore>(new FolderBlobs(folder.Path));

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}
