namespace Training;

/// <summary>A point of the plane, and which moon it is of.</summary>
internal readonly record struct Example(double X, double Y, int Class);

/// <summary>Two half moons that reach into each other.</summary>
internal static class Moons
{
    public static List<Example> Make(int count, int seed)
    {
        var random = new Random(seed);
        var examples = new List<Example>(count);
        for (var i = 0; i < count; i++)
        {
            var (angle, isSecond) = (Math.PI * random.NextDouble(), i % 2);
            var (x, y) =
                isSecond == 0 ? (Math.Cos(angle), Math.Sin(angle)) : (1 - Math.Cos(angle), 0.5 - Math.Sin(angle));
            examples.Add(new(x + Noise(random), y + Noise(random), isSecond));
        }

        return examples;
    }

    private static double Noise(Random random) => (random.NextDouble() - 0.5) * 0.3;
}
