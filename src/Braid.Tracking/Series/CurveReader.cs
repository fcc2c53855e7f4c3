using System.Buffers;
using Braid.Metadata;
using Braid.Tracking.Series.Hot;

namespace Braid.Tracking.Series;

/// <summary>
/// Draws a series. Where its blocks go on by step (drawn by time: by both), as those of a training do, they are drawn one after the other through one
/// small buffer, so that a long series costs no memory; any other is read as a whole and put in order first.
/// </summary>
internal static class CurveReader
{
    public static async Task<(long[] X, double[] Y)> DrawAsync(DbRead db, string id, CurveQuery query)
    {
        var parts = (await StepReader.PartsAsync(db, id)).Where(part => part.Range.Count > 0).ToList();
        if (query.Axis == CurveAxis.Step ? StepPart.GoOn(parts) : StepPart.GoOnInTime(parts))
        {
            return await DrawPartsAsync(db, id, parts, query);
        }

        var points = Arranged(await SeriesRows.ReadAsync(db, id), query.Axis);
        return Downsampling.Draw(points, query.Axis, query.Samples);
    }

    private static ArraySegment<Sample> Arranged(ArraySegment<Sample> arrived, CurveAxis axis)
    {
        var steps = Arrangement.ByStep(arrived);
        return axis == CurveAxis.Step ? steps : Arrangement.ByTimestamp(steps);
    }

    private static async Task<(long[] X, double[] Y)> DrawPartsAsync(
        DbRead db,
        string id,
        List<StepPart> parts,
        CurveQuery query
    )
    {
        if (parts.Count == 0)
        {
            return ([], []);
        }

        var drawing = new Drawing(
            query.Axis,
            query.Axis == CurveAxis.Step
                ? (parts[0].Range.Min, parts[^1].Range.Max)
                : (parts[0].Times?.Min ?? 0, parts[^1].Times?.Max ?? 0),
            parts.Sum(part => part.Range.Count),
            query.Samples
        );
        await foreach (
            var block in db.StreamAsync<byte[]>(
                "SELECT bytes FROM series_block WHERE series_id = @id ORDER BY sequence",
                new { id }
            )
        )
        {
            Add(drawing, block, query.Axis);
        }

        foreach (var tail in parts.Select(part => part.Samples).OfType<Sample[]>())
        {
            drawing.Add(Arranged(tail, query.Axis));
        }

        return drawing.Points;
    }

    private static void Add(Drawing drawing, byte[] block, CurveAxis axis)
    {
        var samples = ArrayPool<Sample>.Shared.Rent(SeriesBlock.Count(block));
        try
        {
            var count = SeriesBlock.Decode(block, samples);
            drawing.Add(Arranged(new ArraySegment<Sample>(samples, 0, count), axis));
        }
        finally
        {
            ArrayPool<Sample>.Shared.Return(samples);
        }
    }
}
