using Braid.Metadata;

namespace Braid.Tracking.Series;

/// <summary>A block of a series, or its tail (whose samples are read already), which lies behind all blocks.</summary>
internal sealed record StepPart(long Sequence, StepRange Range, bool IsKnown, Sample[]? Samples)
{
    /// <summary>A block of which nothing is known may hold anything.</summary>
    public static StepPart Of(RangeRow row) =>
        row is { MinStep: { } min, MaxStep: { } max, Steps: { } steps }
            ? new(row.Sequence, new(min, max, steps), IsKnown: true, null)
            : new(row.Sequence, new(long.MinValue, long.MaxValue, 1), IsKnown: false, null);

    public static StepPart Of(Sample[] tail) => new(long.MaxValue, StepRange.Of(tail), IsKnown: true, tail);

    /// <summary>Whether each part, in order of arrival, begins behind the end of the one before.</summary>
    public static bool GoOn(IReadOnlyList<StepPart> parts) =>
        parts.All(part => part.IsKnown)
        && parts.Zip(parts.Skip(1)).All(pair => pair.First.Range.Max < pair.Second.Range.Min);

    public async Task<Sample[]> ReadAsync(DbRead db, string id)
    {
        if (Samples is not null)
        {
            return Samples;
        }

        var block = await db.FirstOrDefaultAsync<byte[]>(
            "SELECT bytes FROM series_block WHERE series_id = @id AND sequence = @Sequence",
            new { id, Sequence }
        );
        return block is null ? [] : SeriesRows.Decode(block);
    }

    /// <summary>What a block's row says of it.</summary>
    internal sealed record RangeRow
    {
        public long Sequence { get; init; }
        public long? MinStep { get; init; }
        public long? MaxStep { get; init; }
        public long? Steps { get; init; }
    }
}
