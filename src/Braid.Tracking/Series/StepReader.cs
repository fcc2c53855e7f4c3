using Braid.Metadata;

namespace Braid.Tracking.Series;

/// <summary>
/// Reads a page of a series by step: 1 what is known of its blocks and its tail; 2 those that can hold steps of the page, the
/// nearest first; 3 until no further one can; 4 in order of arrival, of which the last value of a step counts.
/// </summary>
internal static class StepReader
{
    public static async Task<ArraySegment<Sample>> ReadAsync(DbRead db, string id, StepPage page)
    {
        var parts = (await PartsAsync(db, id)).Where(part => MayHold(part.Range, page)); // 1
        var read = new List<(long Sequence, Sample[] Samples)>();
        foreach (
            var part in page.IsDescending
                ? parts.OrderByDescending(part => part.Range.Max)
                : parts.OrderBy(part => part.Range.Min) // 2
        )
        {
            if (IsFull(read, page, Nearest(part.Range, page))) // 3
            {
                break;
            }

            read.Add((part.Sequence, await part.ReadAsync(db, id)));
        }

        var arrived = read.OrderBy(part => part.Sequence).SelectMany(part => part.Samples);
        var steps = Arrangement.ByStep(arrived.Where(sample => page.Includes(sample.Step)).ToArray()); // 4
        if (page.IsDescending)
        {
            steps.AsSpan().Reverse();
        }

        return steps[..Math.Min(page.Size, steps.Count)];
    }

    /// <summary>How many different steps there are.</summary>
    public static async Task<long> CountAsync(DbRead db, string id)
    {
        var parts = (await PartsAsync(db, id))
            .Where(part => part.Range.Count > 0)
            .OrderBy(part => part.Range.Min)
            .ToList();
        return StepPart.GoOn(parts)
            ? parts.Sum(part => part.Range.Count)
            : (await ReadAsync(db, id, StepPage.All)).Count;
    }

    /// <summary>What is known of the blocks and the tail, in order of arrival.</summary>
    public static async Task<IReadOnlyList<StepPart>> PartsAsync(DbRead db, string id)
    {
        var tail = await db.FirstOrDefaultAsync<byte[]>("SELECT tail FROM series WHERE id = @id", new { id });
        if (tail is null)
        {
            return [];
        }

        var blocks = await db.QueryAsync<StepPart.RangeRow>(
            """
            SELECT sequence, min_step, max_step, steps, min_ms, max_ms, samples FROM series_block
            WHERE series_id = @id ORDER BY sequence
            """,
            new { id }
        );
        return [.. blocks.Select(StepPart.Of), StepPart.Of(SeriesRows.Decode(tail))];
    }

    private static bool MayHold(StepRange range, StepPage page) =>
        range.Count > 0 && page.Includes(page.IsDescending ? range.Min : range.Max);

    private static long Nearest(StepRange range, StepPage page) => page.IsDescending ? range.Max : range.Min;

    /// <summary>Whether the page's steps are all among those read, if the parts that are left begin at <paramref name="next"/>.</summary>
    private static bool IsFull(List<(long Sequence, Sample[] Samples)> read, StepPage page, long next)
    {
        if (read.Sum(part => (long)part.Samples.Length) < page.Size)
        {
            return false;
        }

        var steps = read.SelectMany(part => part.Samples)
            .Select(sample => sample.Step)
            .Where(step => step != Point.SingleValueStep && page.Includes(step))
            .Where(step => page.IsDescending ? step > next : step < next);
        return steps.Distinct().Take(page.Size).Count() == page.Size;
    }
}
