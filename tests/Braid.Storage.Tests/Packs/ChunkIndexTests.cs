using Braid.Primitives;
using Braid.Storage.Packs;

namespace Braid.Storage.Tests.Packs;

public sealed class ChunkIndexTests
{
    [Fact]
    public void It_does_what_a_dictionary_does()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var index = new ChunkIndex();
        var model = new Dictionary<Sha256Hash, (ChunkLocation At, bool Condemned)>();
        var hashes = Enumerable.Range(0, 3000).Select(i => HashOf(i, random)).ToArray();
        for (var step = 0; step < 60_000; step++)
        {
            var hash = hashes[random.Next(hashes.Length)];
            var at = new ChunkLocation(
                random.Next(1000),
                (uint)random.Next(),
                step,
                random.Next(1 << 24),
                ChunkCodec.Raw
            );
            var known = model.TryGetValue(hash, out var old);
            switch (random.Next(7))
            {
                case 0 or 1 or 2:
                    index.Add(hash, at);
                    model[hash] = known && !old.Condemned ? old : (at, false);
                    break;
                case 3:
                    Check(known, index.Condemn(hash, old.At));
                    model = known ? With(model, hash, (old.At, true)) : model;
                    break;
                case 4:
                    index.Pardon(hash);
                    model = known ? With(model, hash, (old.At, false)) : model;
                    break;
                case 5:
                    Check(known, index.Move(hash, old.At, at));
                    model = known ? With(model, hash, (at, old.Condemned)) : model;
                    break;
                default:
                    Check(known && old.Condemned, index.RemoveCondemned(hash, old.At));
                    _ = known && old.Condemned && model.Remove(hash);
                    break;
            }
        }

        Assert.Equal(model.Count, index.Count);
        foreach (var hash in hashes)
        {
            var known = model.TryGetValue(hash, out var expected);
            Check(known, index.TryFind(hash, out var at));
            Assert.Equal(expected.At, at);
            Check(known && !expected.Condemned, index.IsKept(hash));
            Check(known, index.TryFindOrdinal(hash, out var ordinal, out var condemned));
            if (known)
            {
                Check(true, ordinal < index.OrdinalEnd);
                Check(true, index.TryRead(ordinal, out var back, out _, out var flag));
                Assert.Equal((hash, expected.Condemned, condemned), (back, flag, condemned));
            }
        }

        void Check(bool expected, bool actual) => Assert.True(expected == actual, $"seed {seed}");
    }

    [Fact]
    public void A_removed_chunks_ordinal_is_not_given_out_while_it_may_not()
    {
        var index = new ChunkIndex { MayReuseOrdinals = false };
        var at = new ChunkLocation(1, 2, 3, 4, ChunkCodec.Zstd);
        var hash = Sha256Hash.Of([1]);
        index.Add(hash, at);
        index.TryFindOrdinal(hash, out var first, out _);
        Forget();
        index.Add(hash, at);
        index.TryFindOrdinal(hash, out var second, out _);
        Assert.NotEqual(first, second);
        index.MayReuseOrdinals = true;
        Forget();
        index.Add(hash, at);
        index.TryFindOrdinal(hash, out var third, out _);
        Assert.True(third == first || third == second);

        void Forget()
        {
            index.Condemn(hash, at);
            Assert.True(index.RemoveCondemned(hash, at));
        }
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public void A_chunk_takes_at_most_55_bytes(int count)
    {
        var random = new Random(1);
        var index = new ChunkIndex();
        for (var i = 0; i < count; i++)
        {
            index.Add(HashOf(i, random), new(i, 0, 1, 1, ChunkCodec.Raw));
        }

        Assert.InRange(index.HeldBytes / (double)count, 0, count < 1_000_000 ? 66 : 55);
    }

    [Fact]
    public void Finding_and_condemning_allocate_nothing()
    {
        var index = new ChunkIndex();
        var at = new ChunkLocation(1, 2, 3, 4, ChunkCodec.Raw);
        var hash = Sha256Hash.Of([1]);
        index.Add(hash, at);
        Use(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Use(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Use(int times)
        {
            for (var i = 0; i < times; i++)
            {
                index.IsKept(hash);
                index.TryFind(hash, out _);
                index.Condemn(hash, at);
                index.Pardon(hash);
            }
        }
    }

    private static Sha256Hash HashOf(int number, Random random)
    {
        var bytes = new byte[Sha256Hash.Size];
        random.NextBytes(bytes);
        BitConverter.TryWriteBytes(bytes.AsSpan(8), number);
        return new(bytes);
    }

    private static Dictionary<Sha256Hash, (ChunkLocation At, bool Condemned)> With(
        Dictionary<Sha256Hash, (ChunkLocation At, bool Condemned)> model,
        Sha256Hash hash,
        (ChunkLocation At, bool Condemned) entry
    )
    {
        model[hash] = entry;
        return model;
    }
}
