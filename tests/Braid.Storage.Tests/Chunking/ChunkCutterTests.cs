using Braid.Storage.Chunking;
using Braid.Storage.Chunking.Hot;
using Xunit.Abstractions;

namespace Braid.Storage.Tests.Chunking;

public sealed class ChunkCutterTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 256)]
    [InlineData(2, 256)]
    [InlineData(3, 4)]
    [InlineData(4, 1)]
    public void Cuts_are_those_of_the_reference(int seed, int distinctBytes)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var file = new byte[3_000_000 + random.Next(100_000)];
        for (var i = 0; i < file.Length; i++)
        {
            file[i] = (byte)random.Next(distinctBytes);
        }

        Assert.Equal(ReferenceCutter.Lengths(file), Lengths(file));
    }

    [Fact]
    public void Cuts_of_a_known_file_never_change()
    {
        int[] golden = [290738, 338721, 407529, 342329, 289351];
        Assert.Equal(golden, Lengths(StoreFixture.RandomBytes(seed: 7, length: 4_000_000)).Take(5));
    }

    [Fact]
    public void Sizes_are_within_bounds_and_near_the_normal_one()
    {
        var lengths = Lengths(StoreFixture.RandomBytes(seed: 8, length: 40_000_000));
        Assert.All(lengths.SkipLast(1), length => Assert.InRange(length, ChunkSizes.Min + 1, ChunkSizes.Max));
        Assert.InRange(lengths.Average(), 200 * 1024, 400 * 1024);
    }

    [Fact]
    public void A_cut_that_more_bytes_could_move_is_not_made()
    {
        var zeros = new byte[ChunkSizes.Max];
        Assert.Equal(0, ChunkCutter.Cut(zeros.AsSpan(0, 100_000), isEnd: false));
        Assert.Equal(100_000, ChunkCutter.Cut(zeros.AsSpan(0, 100_000), isEnd: true));
        Assert.Equal(ChunkSizes.Max, ChunkCutter.Cut(zeros, isEnd: false));
        Assert.Equal(0, ChunkCutter.Cut([], isEnd: true));
    }

    [Fact]
    public void Cutting_allocates_nothing()
    {
        var bytes = StoreFixture.RandomBytes(seed: 9, length: ChunkSizes.Max);
        ChunkCutter.Cut(bytes, isEnd: true);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ChunkCutter.Cut(bytes, isEnd: true);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static List<int> Lengths(ReadOnlySpan<byte> file)
    {
        var lengths = new List<int>();
        for (; !file.IsEmpty; file = file[lengths[^1]..])
        {
            lengths.Add(ChunkCutter.Cut(file, isEnd: true));
        }

        return lengths;
    }
}
