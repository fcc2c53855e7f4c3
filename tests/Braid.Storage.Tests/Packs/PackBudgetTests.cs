using Braid.Primitives;
using Braid.Storage.Packs;

namespace Braid.Storage.Tests.Packs;

/// <summary>What putting and reading a chunk may allocate, whatever its length.</summary>
public sealed class PackBudgetTests
{
    private const int chunkLength = 400 * 1024;
    private const int chunks = 16;
    private const int budget = 4096;

    [Fact]
    public async Task A_chunk_is_put_and_read_without_memory_of_its_length()
    {
        await using var store = await StoreFixture.OpenAsync(new PackStoreOptions { Lanes = 1 });
        // The index takes memory for many chunks at a time.
        for (var small = 0; small < 2000; small++)
        {
            await store.Chunks.PutAsync(BitConverter.GetBytes(small), default);
        }

        var bytes = StoreFixture.RandomBytes(seed: 1, length: chunkLength);
        for (var warm = 0; warm < 2; warm++)
        {
            Assert.InRange(PutAndRead(store.Chunks, bytes), 0, warm == 0 ? long.MaxValue : chunks * budget);
        }
    }

    // Bytes allocated by this thread, which does all of it.
    private static long PutAndRead(PackStore store, byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            bytes[chunk]++;
            var put = store.PutAsync(bytes, default);
            Assert.True(put.IsCompletedSuccessfully);
            var read = store.ReadAsync(Sha256Hash.Of(bytes), default);
            Assert.True(read.IsCompletedSuccessfully);
            read.GetAwaiter().GetResult().Dispose();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
