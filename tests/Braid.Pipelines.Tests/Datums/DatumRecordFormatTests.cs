using Braid.Pipelines.Datums;
using Braid.Pipelines.Datums.Trees;
using Braid.Pipelines.Planning;
using Braid.Primitives;
using Braid.Storage;

namespace Braid.Pipelines.Tests.Datums;

public sealed class DatumRecordFormatTests
{
    private static readonly Sha256Hash id = Sha256Hash.Of("id"u8);

    [Fact]
    public void A_record_survives_being_stored_and_is_as_long_whatever_its_times_are()
    {
        var record = Record(TimeSpan.FromDays(3));

        var read = DatumRecordFormat.Decode(id, DatumRecordFormat.Encode(record));

        Assert.Equal(record with { Inputs = [] }, read with { Inputs = [] });
        Assert.Equal(record.Inputs, read.Inputs);
        Assert.Equal(
            DatumRecordFormat.Encode(record).Length,
            DatumRecordFormat.Encode(Record(TimeSpan.FromMicroseconds(1))).Length
        );
    }

    [Fact]
    public void Damaged_records_are_told_whatever_is_wrong_with_them()
    {
        var stored = DatumRecordFormat.Encode(Record(TimeSpan.Zero));
        for (var length = 0; length < stored.Length; length++)
        {
            Assert.Throws<CorruptionException>(() => DatumRecordFormat.Decode(id, stored[..length]));
        }

        stored[0]++;
        Assert.Throws<CorruptionException>(() => DatumRecordFormat.Decode(id, stored));
    }

    private static DatumRecord Record(TimeSpan took) =>
        new()
        {
            Id = id,
            Key = Sha256Hash.Of("key"u8),
            State = DatumState.Recovered,
            Reason = "changed: files",
            From = new(Hex32.Parse(new string('a', 32))),
            Inputs = [new LeafMatch(1, "/ä", true, Sha256Hash.Of("x"u8), 300, JoinOn: "j")],
            Tries = 2,
            Stats = new() { ProcessTime = took, DownloadBytes = 7 },
        };
}
