using Braid.Tracking.Series;
using Braid.Tracking.Series.Hot;

namespace Braid.Tracking.Tests;

public sealed class SeriesBatchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_was_written_is_read(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var batch = Any(random, random.Next(30));
            Assert.Equal(batch.Select(Text), SeriesBatch.Decode(SeriesBatch.Encode(batch)).Select(Text));
        }
    }

    [Fact]
    public void A_batch_is_the_one_that_the_format_document_describes()
    {
        SeriesSamples[] batch =
        [
            new(new("loss", "loss"), [new(1, 2, 3)]),
            new(new("é", ""), [new(4, 5, 6), new(7, 8, 9)]),
        ];
        byte[] heads = [1, 2, 4, .. "loss"u8, 0, 1, 2, .. "é"u8, 1, 2];
        byte[] block = PlainSeriesBlock.Encode([new(1, 2, 3), new(4, 5, 6), new(7, 8, 9)]);
        Assert.Equal([.. heads, .. block], SeriesBatch.Encode(batch));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Damaged_batches_are_refused_and_never_read_out_of_bounds(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var damaged = SeriesBatch.Encode(Any(random, random.Next(1, 10)))[..^random.Next(2)];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                SeriesBatch.Decode(damaged);
            }
            catch (InvalidDataException)
            {
                // That is the one way in which it may end, beside reading something.
            }
        }
    }

    [Fact]
    public void Writing_allocates_little_beside_its_result()
    {
        var batch = Any(new Random(3), 10);
        var length = SeriesBatch.Encode(batch).Length;
        var before = GC.GetAllocatedBytesForCurrentThread();
        SeriesBatch.Encode(batch);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (2 * length) + 1024);
    }

    private static string Text(SeriesSamples series) => $"{series.Name}: {string.Join(" ", series.Samples)}";

    private static SeriesSamples[] Any(Random random, int series) =>
        [
            .. Enumerable
                .Range(0, series)
                .Select(i => new SeriesSamples(
                    new($"metric {i}", random.Next(2) == 0 ? $"metric {i}" : new string('ü', random.Next(300))),
                    [
                        .. Enumerable
                            .Range(0, random.Next(1, 5))
                            .Select(step => new Sample(random.NextInt64(), step, random.NextDouble())),
                    ]
                )),
        ];
}
