using Braid.Cli.Transfers;
using Braid.Storage;
using Braid.Storage.Blobs;
using Braid.Storage.Chunking.Hot;
using Braid.Testing;

namespace Braid.Cli.Tests.Transfers;

public sealed class ContentHashTests
{
    [Fact]
    public async Task It_is_the_hash_that_the_store_gives()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        using var folder = new TempFolder();
        await using var store = await ContentStore.OpenAsync(
            BlobAddress.Parse(folder.Path).Value,
            TimeProvider.System,
            default
        );
        foreach (var length in new[] { 0, 1, 65_536, 65_537, 1 << 20, (1 << 20) + 1, random.Next(5 << 20) })
        {
            await CheckAsync(store, RandomBytes(random, length), $"seed {seed}, {length} bytes");
        }

        await CheckAsync(store, OfManyChunks(random), $"seed {seed}, a list of lists");
    }

    private static async Task CheckAsync(ContentStore store, byte[] content, string what)
    {
        using var hold = store.Hold();
        var stored = await hold.WriteAsync(content, default);
        using var inPieces = new ContentHash();
        foreach (var piece in content.Chunk(100_003))
        {
            inPieces.Add(piece);
        }

        Assert.True(stored.Hash.Bytes.SequenceEqual(ContentHash.Of(new MemoryStream(content))), what);
        Assert.True(stored.Hash.Bytes.SequenceEqual(inPieces.Finish()), $"{what}, in pieces");
    }

    /// <summary>One chunk over and over: a list of more entries than one node takes, of few bytes to store.</summary>
    private static byte[] OfManyChunks(Random random)
    {
        var chunk = Enumerable
            .Range(0, 20)
            .Select(_ => RandomBytes(random, 1 << 20))
            .Select(bytes => bytes[..ChunkCutter.Cut(bytes, isEnd: true)])
            .MinBy(bytes => bytes.Length)!;
        var content = new byte[chunk.Length * 1030];
        for (var at = 0; at < content.Length; at += chunk.Length)
        {
            chunk.CopyTo(content, at);
        }

        return content;
    }

    private static byte[] RandomBytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
