using Braid.Pipelines.Datums;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;

namespace Braid.Pipelines.Tests.Datums;

public sealed class DatumSetSizeTests
{
    [Theory]
    [InlineData(7, 0, 100, 100, 2, 7)]
    [InlineData(0, 5, 100, 10, 2, 10)]
    [InlineData(0, 0, 100, 100, 2, 25)]
    [InlineData(0, 0, 100, 3, 2, 1)]
    [InlineData(0, 0, 100, 0, 2, 1)]
    public void A_set_is_as_large_as_the_spec_says_or_as_keeps_workers_busy_to_the_end(
        long number,
        long perWorker,
        long total,
        long remaining,
        long workers,
        long size
    )
    {
        Assert.Equal(size, DatumSetSize.Of(new(Number: number, PerWorker: perWorker), total, remaining, workers));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(25, 2)]
    [InlineData(5, 1)]
    public void A_set_ends_where_its_inputs_become_too_large(long most, int datums)
    {
        DatumRow[] rows = [Of(10), Of(10), Of(10)];

        Assert.Equal(datums, DatumSetSize.Cut(new(SizeBytes: most), rows).Count);

        static DatumRow Of(long size) =>
            new() { Inputs = DatumInputsFormat.Encode([new LeafMatch(0, "/a", false, default, size)]) };
    }
}
