using Braid.Tracking.Series;
using Braid.Tracking.Series.Hot;

namespace Braid.Tracking.Tests;

public sealed class SeriesBlockTests
{
    private static readonly double[] oddValues =
    [
        0,
        -0.0,
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        double.MaxValue,
        double.Epsilon,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void What_was_written_is_read_bit_for_bit(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var samples = Any(random, random.Next(300));
            foreach (var compress in (bool[])[false, true])
            {
                var block = SeriesBlock.Encode(samples, compress);
                Assert.Equal(samples.Length, SeriesBlock.Count(block));
                var read = new Sample[samples.Length];
                SeriesBlock.Decode(block, read);
                Assert.Equal(samples.Select(Bits), read.Select(Bits));
            }
        }
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public void Long_blocks_are_read_bit_for_bit_and_refused_when_damaged(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 40; round++)
        {
            var samples = round % 2 == 0 ? Any(random, random.Next(1024, 3000)) : Walk(random, random.Next(1024, 3000));
            var block = SeriesBlock.Encode(samples, compress: true);
            var read = new Sample[samples.Length];
            Assert.Equal((2, samples.Length), (block[0], SeriesBlock.Decode(block, read)));
            Assert.Equal(samples.Select(Bits), read.Select(Bits));
            for (var damage = 0; damage < 20; damage++)
            {
                var damaged = block[..random.Next(1, block.Length + 1)];
                damaged[random.Next(Math.Min(40, damaged.Length))] ^= (byte)(1 << random.Next(8));
                try
                {
                    SeriesBlock.Decode(damaged, new Sample[SeriesBlock.Count(damaged)]);
                }
                catch (InvalidDataException)
                {
                    // That is the one way in which it may end, beside reading something.
                }
            }
        }
    }

    [Fact]
    public void Values_that_walk_at_random_take_at_most_seven_and_a_half_bytes_each()
    {
        var samples = Walk(new Random(8), 16_384);
        Assert.InRange(SeriesBlock.Encode(samples, compress: true).Length / (double)samples.Length, 0, 7.5);
    }

    [Fact]
    public void A_block_is_the_one_that_the_format_document_describes()
    {
        var block = SeriesBlock.Encode([new(1, 1000, 1.0), new(2, 1010, 1.0)], compress: false);
        byte[] expected =
        [
            1, // version
            0, // plain
            2, // samples
            22, // bytes of columns
            2, // step 1: +1 on delta 0
            0, // step 2: the same delta
            0xD0, // timestamp 1000: zigzag 2000
            0x0F,
            0xBB, // 1010: delta 10, change -990: zigzag 1979
            0x0F,
            0x3F, // planes of 1.0 = 3FF0 0000 0000 0000, and of no change
            0,
            0xF0,
            0,
        ];
        Assert.Equal(expected, block[..expected.Length]);
        Assert.All(block[expected.Length..], tail => Assert.Equal(0, tail));
        Assert.Equal(4 + 22, block.Length);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void Blocks_are_those_of_the_plain_writer(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var samples = Any(random, random.Next(200));
            Assert.Equal(PlainSeriesBlock.Encode(samples), SeriesBlock.Encode(samples, compress: false));
        }
    }

    [Fact]
    public void Losses_of_a_training_take_at_most_six_bytes_each()
    {
        var random = new Random(5);
        long time = 1_700_000_000_000;
        var samples = Enumerable
            .Range(0, 16_384)
            .Select(step => new Sample(step, time += random.Next(95, 106), (float)Loss(step, random)))
            .ToArray();
        var block = SeriesBlock.Encode(samples, compress: true);
        Assert.InRange(block.Length / (double)samples.Length, 0, 6);
    }

    [Fact]
    public void Reading_allocates_nothing_and_writing_only_its_result()
    {
        var samples = Any(new Random(6), 1000);
        var read = new Sample[samples.Length];
        var block = SeriesBlock.Encode(samples, compress: true);
        SeriesBlock.Decode(block, read);
        var before = GC.GetAllocatedBytesForCurrentThread();
        SeriesBlock.Decode(block, read);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        before = GC.GetAllocatedBytesForCurrentThread();
        SeriesBlock.Encode(samples, compress: true);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, block.Length + 64);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Damaged_blocks_are_refused_and_never_read_out_of_bounds(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var block = SeriesBlock.Encode(Any(random, random.Next(1, 60)), compress: random.Next(2) == 0);
            var damaged = block[..random.Next(block.Length + 1)];
            for (var flips = random.Next(3); flips > 0 && damaged.Length > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            try
            {
                SeriesBlock.Decode(damaged, new Sample[SeriesBlock.Count(damaged)]);
            }
            catch (InvalidDataException)
            {
                // That is the one way in which it may end, beside reading something.
            }
        }
    }

    private static double Loss(int step, Random random) =>
        (2.5 * Math.Exp(-step / 4000.0)) + (0.05 * random.NextDouble());

    private static Sample[] Any(Random random, int count)
    {
        var step = random.NextInt64(long.MinValue, long.MaxValue);
        var samples = new Sample[count];
        for (var i = 0; i < count; i++)
        {
            step = random.Next(20) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : unchecked(step + 1);
            var value = random.Next(10) == 0 ? oddValues[random.Next(oddValues.Length)] : random.NextDouble() * 1e3;
            samples[i] = new(step, random.NextInt64(), value);
        }

        return samples;
    }

    /// <summary>Doubles with all their digits, at about regular times.</summary>
    private static Sample[] Walk(Random random, int count)
    {
        var (value, time) = (0.0, 1_700_000_000_000L);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(step => new Sample(step, time += random.Next(90, 111), value += random.NextDouble() - 0.5)),
        ];
    }

    private static (long, long, long) Bits(Sample sample) =>
        (sample.Step, sample.TimestampMs, BitConverter.DoubleToInt64Bits(sample.Value));
}
