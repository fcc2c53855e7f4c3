using Braid.TensorBoard.Hot;
using Braid.TensorBoard.Reading;
using Braid.Testing;
using Xunit.Abstractions;

namespace Braid.TensorBoard.Tests.Reading;

/// <summary>Random damage: whatever the bytes are, reading ends, throws nothing and never goes beyond them.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int rounds = 4000;

    [Fact]
    public async Task Flipped_bytes_are_survived()
    {
        var random = Seeded();
        var files = Fixtures.Good.Select(Fixtures.Bytes).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            var bytes = (byte[])files[random.Next(files.Length)].Clone();
            Damage(bytes, random);
            await AssertEndsAsync(bytes);
        }
    }

    /// <summary>With good check sums the damage reaches the decoders.</summary>
    [Fact]
    public async Task Damaged_events_of_good_check_sums_are_survived()
    {
        var random = Seeded();
        var records = Fixtures.Good.SelectMany(Records).ToArray();
        var reached = 0L;
        for (var round = 0; round < rounds; round++)
        {
            var bytes = (byte[])records[random.Next(records.Length)].Clone();
            Damage(bytes.AsSpan(RecordFrame.HeaderLength..^sizeof(uint)), random);
            RecordFrame.Close(bytes);
            reached += await AssertEndsAsync(bytes);
        }

        Assert.InRange(reached, 1, rounds);
    }

    [Fact]
    public async Task Random_events_are_survived()
    {
        var random = Seeded();
        for (var round = 0; round < rounds; round++)
        {
            var bytes = new byte[RecordFrame.Overhead + random.Next(64)];
            random.NextBytes(bytes);
            RecordFrame.Close(bytes);
            await AssertEndsAsync(bytes);
        }
    }

    private Random Seeded()
    {
        var seed = Seed.Pick();
        output.WriteLine($"BRAID_SEED={seed}");
        return new(seed);
    }

    private static IEnumerable<byte[]> Records(string path)
    {
        var bytes = Fixtures.Bytes(path);
        return Fixtures
            .Records(path)
            .Select(record => bytes[record.GetProperty("offset").GetInt32()..Fixtures.End(record)]);
    }

    private static void Damage(Span<byte> bytes, Random random)
    {
        for (var flips = random.Next(1, 5); flips > 0 && bytes.Length > 0; flips--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }
    }

    /// <summary>How many records were found damaged.</summary>
    private static async Task<long> AssertEndsAsync(byte[] bytes)
    {
        var (batch, reader) = await Fixtures.ReadAsync(bytes);
        Assert.InRange(reader.NextOffset, 0, bytes.Length);
        Assert.True(reader.End != EndState.Clean || reader.NextOffset == bytes.Length);
        foreach (var time in batch.Scalars.WallTimes)
        {
            Assert.True(WallTime.IsValid(time));
        }

        return reader.Damaged;
    }
}
