using Braid.TensorBoard.Reading;

namespace Braid.TensorBoard.Tests.Reading;

/// <summary>Files that end in the middle of a record, and files that are damaged.</summary>
public sealed class CutAndDamagedTests
{
    public static TheoryData<string> Files => Fixtures.GoodFiles;
    public static TheoryData<string> Damaged => Fixtures.DamagedFiles;

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_cut_at_any_byte_gives_its_whole_records_and_waits_for_the_rest(string path)
    {
        var bytes = Fixtures.Bytes(path);
        var ends = Fixtures.Records(path).Select(Fixtures.End).ToArray();
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var (_, reader) = await Fixtures.ReadAsync(bytes[..cut]);
            var whole = ends.Count(end => end <= cut);
            var next = whole == 0 ? 0 : ends[whole - 1];
            Assert.Equal((whole, 0, next), (reader.Records, reader.Damaged, reader.NextOffset));
            Assert.Equal(next == cut ? EndState.Clean : EndState.Incomplete, reader.End);
        }
    }

    [Theory]
    [MemberData(nameof(Damaged))]
    public async Task A_damaged_file_gives_what_the_manifest_says(string name)
    {
        var (batch, reader) = await Fixtures.ReadAsync(Fixtures.Bytes($"damaged/{name}"));
        var records = Fixtures.Manifest.GetProperty("damaged").GetProperty(name).GetProperty("records");
        var good = records.EnumerateArray().Where(record => !record.TryGetProperty("error", out _)).ToArray();
        var steps = good.Where(record => record.GetProperty("what").GetString() == "summary")
            .Select(record => record.GetProperty("step").GetInt64());
        Assert.Equal(steps, batch.Scalars.Steps.ToArray());
        var errors = records
            .EnumerateArray()
            .Where(record => record.TryGetProperty("error", out _))
            .Select(record => record.GetProperty("error").GetString())
            .ToArray();
        Assert.Equal(errors.Count(error => error == "bad_data_crc"), reader.Damaged);
        Assert.Equal(
            errors is ["truncated"] ? EndState.Incomplete
                : name.StartsWith("zero", StringComparison.Ordinal) ? EndState.Zeros
                : errors is ["bad_length_crc"] ? EndState.Dead
                : EndState.Clean,
            reader.End
        );
    }

    [Fact]
    public async Task A_record_that_is_too_long_is_skipped_and_counted()
    {
        var path = "tbx_run/events.out.tfevents.1700000000.tracelet-fixture";
        var bytes = Fixtures.Bytes(path);
        var longest = Fixtures.Records(path).Max(record => record.GetProperty("length").GetInt32());
        // Shorter than the buffer, a record is there anyway; a stream that gives little at a time shows the skipping.
        using var reader = new EventReader(new Trickle(bytes, 1000), 0, new(), longest - 1);
        var batch = new EventBatch();
        Assert.True(await reader.ReadAsync(batch, default));
        Assert.Equal((1, 0, EndState.Clean), (reader.TooLong, reader.Damaged, reader.End));
        Assert.Equal(bytes.Length, reader.NextOffset);
        Assert.Equal(Fixtures.Records(path).Count, reader.Records);
    }

    [Fact]
    public async Task A_skipped_record_that_does_not_come_to_its_end_is_not_consumed()
    {
        var path = "tbx_run/events.out.tfevents.1700000000.tracelet-fixture";
        var record = Fixtures.Records(path).MaxBy(one => one.GetProperty("length").GetInt32());
        var cut = Fixtures.End(record) - 1;
        using var reader = new EventReader(new Trickle(Fixtures.Bytes(path)[..cut], 1000), 0, new(), 1000);
        Assert.True(await reader.ReadAsync(new(), default));
        Assert.Equal(EndState.Incomplete, reader.End);
        Assert.Equal(record.GetProperty("offset").GetInt32(), reader.NextOffset);
        Assert.Equal(0, reader.TooLong);
    }

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, most)], cancellationToken);
    }
}
