namespace Braid.Cli.Output;

/// <summary>How far a set of things is: eight blocks, the green share is done, the yellow one is not, the red one failed.</summary>
internal static class ProgressBar
{
    private const int Width = 8;

    public static Cell Of(Style style, int finished, int failed, int total) =>
        Enumerable
            .Range(0, Width)
            .Select(block => Block(style, block, finished, failed, total))
            .Aggregate((Cell)"", (bar, block) => bar + block);

    /// <summary>The last block is red as soon as anything failed: no set looks wholly done that is not.</summary>
    private static Cell Block(Style style, int block, int finished, int failed, int total) =>
        total == 0 ? " "
        : block == Width - 1 && failed > 0 ? style.Colored("▇", Color.Red)
        : block * total < finished * Width ? style.Colored("▇", Color.Green)
        : block * total < (total - failed) * Width ? style.Colored("▇", Color.Yellow)
        : style.Colored("▇", Color.Red);
}
