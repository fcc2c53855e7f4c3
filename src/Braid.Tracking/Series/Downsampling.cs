namespace Braid.Tracking.Series;

/// <summary>
/// Draws a series with fewer points: x falls into equal intervals, y is the mean of those that fall together. Intervals
/// without values are left out.
/// </summary>
internal static class Downsampling
{
    /// <param name="points">Sorted by x, the step or the timestamp.</param>
    public static Drawn Draw(ReadOnlySpan<Sample> points, CurveAxis axis, int samples)
    {
        if (points.IsEmpty)
        {
            return Drawn.Nothing;
        }

        var drawing = new Drawing(
            axis,
            (Drawing.XOf(points[0], axis), Drawing.XOf(points[^1], axis)),
            points.Length,
            samples
        );
        drawing.Add(points);
        return drawing.Points;
    }
}
