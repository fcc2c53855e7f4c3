using Braid.Metadata;

namespace Braid.Tracking.Series;

/// <summary>
/// Tells new samples from repeated ones, so that a client may send a batch again. It looks at the tail and the newest block
/// only, and only when steps do not simply go on; a repetition from further back is dropped when blocks are merged or read.
/// </summary>
internal static class Fresh
{
    public static async Task<IReadOnlyList<Sample>> OfAsync(DbRead db, SeriesRow row, IReadOnlyList<Sample> samples)
    {
        if (GoesOn(row.Summary, samples))
        {
            return samples;
        }

        var seen = new HashSet<Sample>(row.Tail);
        if (row.Summary.Blocks > 0)
        {
            seen.UnionWith(await NewestBlockAsync(db, row.Summary.Id));
        }

        return [.. samples.Where(seen.Add)];
    }

    private static bool GoesOn(SummaryRow summary, IReadOnlyList<Sample> samples)
    {
        var last = summary.LastStep;
        var any = summary.Count > 0;
        foreach (var sample in samples)
        {
            if (any && sample.Step <= last)
            {
                return false;
            }

            (last, any) = (sample.Step, true);
        }

        return true;
    }

    private static async Task<Sample[]> NewestBlockAsync(DbRead db, string id)
    {
        var block = await db.FirstOrDefaultAsync<byte[]>(
            "SELECT bytes FROM series_block WHERE series_id = @id ORDER BY sequence DESC LIMIT 1",
            new { id }
        );
        return block is null ? [] : SeriesRows.Decode(block);
    }
}
