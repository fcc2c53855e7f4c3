namespace Braid.Tracking.Series;

/// <summary>The points of a curve: at each x the mean, the smallest and the greatest of the values around it.</summary>
internal sealed record Drawn(long[] X, double[] Y, double[] Low, double[] High)
{
    public static Drawn Nothing { get; } = new([], [], [], []);

    public void Deconstruct(out long[] x, out double[] y) => (x, y) = (X, Y);
}
