using System.Buffers;
using Braid.Metadata;
using Braid.Tracking.Series.Hot;

namespace Braid.Tracking.Series;

/// <summary>A block of a series, or its tail (whose samples are read already), which lies behind all blocks.</summary>
/// <param name="IsKnown">False for a block that may hold anything.</param>
internal sealed record StepPart(long Sequence, StepRange Range, bool IsKnown, Sample[]? Samples)
{
    /// <summary>Null when it is not known.</summary>
    public TimeRange? Times { get; private init; }

    /// <summary>True when no two samples are of one step, and none is of no step.</summary>
    public bool HasStepEach => IsKnown && Range.Count == Times?.Count;

    /// <summary>A block of which nothing is known may hold anything.</summary>
    public static StepPart Of(RangeRow row) =>
        row is { MinStep: { } min, MaxStep: { } max, Steps: { } steps }
            ? new(row.Sequence, new(min, max, steps), IsKnown: true, null) { Times = TimesOf(row) }
            : new(row.Sequence, new(long.MinValue, long.MaxValue, 1), IsKnown: false, null);

    public static StepPart Of(Sample[] tail) =>
        new(long.MaxValue, StepRange.Of(tail), IsKnown: true, tail) { Times = TimeRange.Of(tail) };

    /// <summary>Whether each part, in order of arrival, begins behind the end of the one before.</summary>
    public static bool GoOn(IReadOnlyList<StepPart> parts) =>
        parts.All(part => part.IsKnown)
        && parts.Zip(parts.Skip(1)).All(pair => pair.First.Range.Max < pair.Second.Range.Min);

    /// <summary>Whether each, in order of arrival, has its own times too, and no value that another replaces.</summary>
    public static bool GoOnInTime(IReadOnlyList<StepPart> parts) =>
        GoOn(parts)
        && parts.All(part => part.HasStepEach)
        && parts.Zip(parts.Skip(1)).All(pair => pair.First.Times?.Max <= pair.Second.Times?.Min);

    public async Task<Sample[]> ReadAsync(DbRead db, string id) =>
        Samples ?? (await BlockAsync(db, id) is { } block ? SeriesRows.Decode(block) : []);

    /// <summary>Adds the samples to an array of the pool's, which is another one when they have no room in it.</summary>
    public async Task<(Sample[] All, int Count)> ReadAsync(DbRead db, string id, Sample[] all, int count)
    {
        if (Samples is not null)
        {
            all = WithRoom(all, count, Samples.Length);
            Samples.CopyTo(all, count);
            return (all, count + Samples.Length);
        }

        if (await BlockAsync(db, id) is not { } block)
        {
            return (all, count);
        }

        all = WithRoom(all, count, SeriesBlock.Count(block));
        return (all, count + SeriesBlock.Decode(block, all.AsSpan(count)));
    }

    private static Sample[] WithRoom(Sample[] all, int count, int more)
    {
        if (count + more <= all.Length)
        {
            return all;
        }

        var larger = ArrayPool<Sample>.Shared.Rent(Math.Max(count + more, 2 * count));
        all.AsSpan(0, count).CopyTo(larger);
        ArrayPool<Sample>.Shared.Return(all);
        return larger;
    }

    private static TimeRange? TimesOf(RangeRow row) =>
        row is { MinMs: { } min, MaxMs: { } max, Samples: { } samples } ? new(min, max, samples) : null;

    private Task<byte[]?> BlockAsync(DbRead db, string id) =>
        db.FirstOrDefaultAsync<byte[]>(
            "SELECT bytes FROM series_block WHERE series_id = @id AND sequence = @Sequence",
            new { id, Sequence }
        );

    /// <summary>What a block's row says of it.</summary>
    internal sealed record RangeRow
    {
        public long Sequence { get; init; }
        public long? MinStep { get; init; }
        public long? MaxStep { get; init; }
        public long? Steps { get; init; }
        public long? MinMs { get; init; }
        public long? MaxMs { get; init; }
        public long? Samples { get; init; }
    }
}
