using System.Buffers;
using Braid.Metadata;
using Braid.Tracking.Series.Hot;

namespace Braid.Tracking.Series;

/// <summary>
/// Draws a series. Where its blocks go on by step, as those of a training do, they are drawn one after the other through one
/// small buffer, so that a long series costs no memory; any other is read as a whole and put in order first.
/// </summary>
internal static class CurveReader
{
    public static async Task<(long[] X, double[] Y)> DrawAsync(DbRead db, string id, CurveQuery query)
    {
        if (query.Axis == CurveAxis.Step)
        {
            var parts = (await StepReader.PartsAsync(db, id)).Where(part => part.Range.Count > 0).ToList();
            if (StepPart.GoOn(parts))
            {
                return await DrawPartsAsync(db, id, parts, query.Samples);
            }
        }

        var steps = Arrangement.ByStep(await SeriesRows.ReadAsync(db, id));
        var points = query.Axis == CurveAxis.Step ? steps : Arrangement.ByTimestamp(steps);
        return Downsampling.Draw(points, query.Axis, query.Samples);
    }

    private static async Task<(long[] X, double[] Y)> DrawPartsAsync(
        DbRead db,
        string id,
        List<StepPart> parts,
        int samples
    )
    {
        if (parts.Count == 0)
        {
            return ([], []);
        }

        var drawing = new Drawing(
            CurveAxis.Step,
            (parts[0].Range.Min, parts[^1].Range.Max),
            parts.Sum(part => part.Range.Count),
            samples
        );
        await foreach (
            var block in db.StreamAsync<byte[]>(
                "SELECT bytes FROM series_block WHERE series_id = @id ORDER BY sequence",
                new { id }
            )
        )
        {
            Add(drawing, block);
        }

        foreach (var tail in parts.Select(part => part.Samples).OfType<Sample[]>())
        {
            drawing.Add(Arrangement.ByStep(tail));
        }

        return drawing.Points;
    }

    private static void Add(Drawing drawing, byte[] block)
    {
        var samples = ArrayPool<Sample>.Shared.Rent(SeriesBlock.Count(block));
        try
        {
            var count = SeriesBlock.Decode(block, samples);
            drawing.Add(Arrangement.ByStep(new ArraySegment<Sample>(samples, 0, count)));
        }
        finally
        {
            ArrayPool<Sample>.Shared.Return(samples);
        }
    }
}
