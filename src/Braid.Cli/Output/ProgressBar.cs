namespace Braid.Cli.Output;

/// <summary>How far a set of things is: eight blocks, the green share is done, the yellow one is not, the red one failed.</summary>
internal static class ProgressBar
{
    private const int Width = 8;

    public static Cell Of(Style style, int finished, int failed, int total)
    {
        var broken = failed == 0 ? 0 : Math.Max(1, failed * Width / total);
        var done = total == 0 ? Width : Math.Min(finished * Width / total, Width - broken);
        return Enumerable
            .Range(0, Width)
            .Select(block =>
                block < done ? Color.Green
                : block < Width - broken ? Color.Yellow
                : Color.Red
            )
            .Aggregate((Cell)"", (bar, color) => bar + style.Colored("▇", color));
    }
}
