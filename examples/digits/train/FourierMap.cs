namespace Digits.Train;

/// <summary>
/// Random Fourier features (Rahimi and Recht, 2007): cosines of random projections, in which a linear classifier sees what a
/// Gaussian kernel would.
/// </summary>
internal sealed class FourierMap
{
    // The cosines are scaled so that steps of the size used here are stable.
    private const float Scale = 0.18f;

    private readonly float[][] directions;
    private readonly float[] phases;

    public FourierMap(int inputs, int width, double gamma, int seed)
    {
        var random = new Random(seed);
        var spread = Math.Sqrt(2 * gamma);
        directions = [.. Enumerable.Range(0, width).Select(_ => Direction(random, inputs, spread))];
        phases = [.. Enumerable.Range(0, width).Select(_ => (float)(random.NextDouble() * 2 * Math.PI))];
    }

    public float[] Of(float[] features)
    {
        var mapped = new float[directions.Length];
        for (var i = 0; i < mapped.Length; i++)
        {
            mapped[i] = MathF.Cos(Vectors.Dot(directions[i], features) + phases[i]) * Scale;
        }

        return mapped;
    }

    private static float[] Direction(Random random, int inputs, double spread) =>
        [.. Enumerable.Range(0, inputs).Select(_ => (float)(Normal(random) * spread))];

    /// <summary>Box and Muller's transform of two uniform numbers.</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
