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
    public static async Task<Drawn> DrawAsync(DbRead db, string id, CurveQuery query)
    {
        var parts = (await StepReader.PartsAsync(db, id)).Where(part => part.Range.Count > 0).ToList();
        if (query.Axis == CurveAxis.Step ? StepPart.GoOn(parts) : StepPart.GoOnInTime(parts))
        {
            return await DrawPartsAsync(db, id, parts, query);
        }

        var points = Arranged(await SeriesRows.ReadAsync(db, id), query.Axis);
        return Downsampling.Draw(query.Within(points), query.Axis, query.Samples);
    }

    private static ArraySegment<Sample> Arranged(ArraySegment<Sample> arrived, CurveAxis axis)
    {
        var steps = Arrangement.ByStep(arrived);
        return axis == CurveAxis.Step ? steps : Arrangement.ByTimestamp(steps);
    }

    private static async Task<Drawn> DrawPartsAsync(DbRead db, string id, List<StepPart> parts, CurveQuery query)
    {
        parts = [.. parts.Where(part => XOf(part, query.Axis) is var (min, max) && query.Touches(min, max))];
        if (parts.Count == 0)
        {
            return Drawn.Nothing;
        }

        var drawing = new Drawing(query.Axis, Clip(parts, query), parts.Sum(part => part.Range.Count), query.Samples);
        await foreach (
            var block in db.StreamAsync<byte[]>(
                """
                SELECT bytes FROM series_block
                WHERE series_id = @id AND sequence BETWEEN @from AND @to ORDER BY sequence
                """,
                new
                {
                    id,
                    from = parts[0].Sequence,
                    to = parts[^1].Sequence,
                }
            )
        )
        {
            Add(drawing, block, query);
        }

        foreach (var tail in parts.Select(part => part.Samples).OfType<Sample[]>())
        {
            drawing.Add(query.Within(Arranged(tail, query.Axis)));
        }

        return drawing.Points;
    }

    private static (long Min, long Max) XOf(StepPart part, CurveAxis axis) =>
        axis == CurveAxis.Step ? (part.Range.Min, part.Range.Max) : (part.Times?.Min ?? 0, part.Times?.Max ?? 0);

    /// <summary>The smallest x and the greatest that there are of those that are asked for.</summary>
    private static (long Min, long Max) Clip(List<StepPart> parts, CurveQuery query)
    {
        var (min, max) = (XOf(parts[0], query.Axis).Min, XOf(parts[^1], query.Axis).Max);
        return query.Range is { } range ? (Math.Max(min, range.From), Math.Min(max, range.To)) : (min, max);
    }

    private static void Add(Drawing drawing, byte[] block, CurveQuery query)
    {
        var samples = ArrayPool<Sample>.Shared.Rent(SeriesBlock.Count(block));
        try
        {
            var count = SeriesBlock.Decode(block, samples);
            drawing.Add(query.Within(Arranged(new ArraySegment<Sample>(samples, 0, count), query.Axis)));
        }
        finally
        {
            ArrayPool<Sample>.Shared.Return(samples);
        }
    }
}
