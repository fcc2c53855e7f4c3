namespace Braid.Cli.Diffs;

/// <summary>Lines that both sides have, in order.</summary>
/// <param name="Old">Where they begin on the old side.</param>
/// <param name="New">Where they begin on the new side.</param>
/// <param name="Length">How many there are.</param>
internal readonly record struct CommonLines(int Old, int New, int Length);

/// <summary>
/// Finds the smallest change that makes one list of lines from another: Myers' algorithm in linear space, which looks for the
/// middle of the shortest path from both ends and divides there. Where the sides have next to nothing in common it stops
/// looking and calls all of it changed, for the shortest path is of no use to a reader then and costs the square of its length.
/// </summary>
internal sealed class LineDiff
{
    private const int MostSteps = 2000;
    private const int Unreached = -1;

    private readonly int[] old;
    private readonly int[] current;
    private readonly int[] forward;
    private readonly int[] backward;
    private readonly int middle;
    private readonly List<CommonLines> common = [];

    private LineDiff(int[] old, int[] current)
    {
        (this.old, this.current) = (old, current);
        middle = Math.Min((old.Length + current.Length + 1) / 2, MostSteps) + 1;
        forward = new int[2 * middle + 1];
        backward = new int[2 * middle + 1];
    }

    /// <summary>What both sides have in common; everything between is changed.</summary>
    public static IReadOnlyList<CommonLines> Common(IReadOnlyList<string> old, IReadOnlyList<string> current)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var diff = new LineDiff(Numbered(old, numbers), Numbered(current, numbers));
        diff.Compare(new(0, old.Count, 0, current.Count));
        return diff.common;
    }

    private static int[] Numbered(IReadOnlyList<string> lines, Dictionary<string, int> numbers)
    {
        var result = new int[lines.Count];
        for (var at = 0; at < result.Length; at++)
        {
            if (!numbers.TryGetValue(lines[at], out result[at]))
            {
                numbers[lines[at]] = result[at] = numbers.Count;
            }
        }

        return result;
    }

    private void Compare(Box box)
    {
        var head = 0;
        while (head < Math.Min(box.Height, box.Width) && old[box.Top + head] == current[box.Left + head])
        {
            head++;
        }

        Add(box.Top, box.Left, head);
        box = box with { Top = box.Top + head, Left = box.Left + head };
        var tail = 0;
        while (tail < Math.Min(box.Height, box.Width) && old[box.Bottom - 1 - tail] == current[box.Right - 1 - tail])
        {
            tail++;
        }

        box = box with { Bottom = box.Bottom - tail, Right = box.Right - tail };
        Divide(box);
        Add(box.Bottom, box.Right, tail);
    }

    private void Divide(Box box)
    {
        if (box.Height > 0 && box.Width > 0 && Middle(box) is { } snake)
        {
            Compare(box with { Bottom = snake.Old, Right = snake.New });
            Add(snake.Old, snake.New, snake.Length);
            Compare(box with { Top = snake.Old + snake.Length, Left = snake.New + snake.Length });
        }
    }

    /// <summary>Neighbours become one.</summary>
    private void Add(int oldAt, int newAt, int length)
    {
        if (length == 0)
        {
            return;
        }

        if (
            common.Count > 0
            && common[^1] is var last
            && last.Old + last.Length == oldAt
            && last.New + last.Length == newAt
        )
        {
            common[^1] = last with { Length = last.Length + length };
            return;
        }

        common.Add(new(oldAt, newAt, length));
    }

    /// <summary>A stretch of common lines, maybe empty, in the middle of a shortest path; null when the path is too long.</summary>
    private CommonLines? Middle(Box box)
    {
        var most = Math.Min((box.Height + box.Width + 1) / 2, MostSteps);
        forward.AsSpan(middle - most - 1, 2 * most + 3).Fill(Unreached);
        backward.AsSpan(middle - most - 1, 2 * most + 3).Fill(Unreached);
        forward[middle + 1] = backward[middle + 1] = 0;
        for (var steps = 0; steps <= most; steps++)
        {
            if ((Forward(box, steps) ?? Backward(box, steps)) is { } snake)
            {
                return snake;
            }
        }

        return null;
    }

    /// <summary>A diagonal is the difference between how far one is on the old side and on the new one.</summary>
    private CommonLines? Forward(Box box, int steps)
    {
        var delta = box.Height - box.Width;
        for (var diagonal = -steps; diagonal <= steps; diagonal += 2)
        {
            if (diagonal < -box.Width || diagonal > box.Height)
            {
                continue;
            }

            var start = Start(forward, diagonal, steps);
            var at = start;
            while (
                at < box.Height && at - diagonal < box.Width && old[box.Top + at] == current[box.Left + at - diagonal]
            )
            {
                at++;
            }

            forward[middle + diagonal] = at;
            var other = delta - diagonal;
            if (int.IsOddInteger(delta) && Math.Abs(other) < steps && Meets(at, backward[middle + other], box))
            {
                return new(box.Top + start, box.Left + start - diagonal, at - start);
            }
        }

        return null;
    }

    /// <summary>The same from the end, counted backwards.</summary>
    private CommonLines? Backward(Box box, int steps)
    {
        var delta = box.Height - box.Width;
        for (var diagonal = -steps; diagonal <= steps; diagonal += 2)
        {
            if (diagonal < -box.Width || diagonal > box.Height)
            {
                continue;
            }

            var start = Start(backward, diagonal, steps);
            var at = start;
            while (
                at < box.Height
                && at - diagonal < box.Width
                && old[box.Bottom - 1 - at] == current[box.Right - 1 - at + diagonal]
            )
            {
                at++;
            }

            backward[middle + diagonal] = at;
            var other = delta - diagonal;
            if (int.IsEvenInteger(delta) && Math.Abs(other) <= steps && Meets(at, forward[middle + other], box))
            {
                return new(box.Bottom - at, box.Right - at + diagonal, at - start);
            }
        }

        return null;
    }

    /// <summary>From the neighbour that got further: one line taken from the old side, or one from the new side.</summary>
    private int Start(int[] reached, int diagonal, int steps)
    {
        var (below, above) = (reached[middle + diagonal - 1], reached[middle + diagonal + 1]);
        return diagonal == -steps || (diagonal != steps && below < above) ? above : below + 1;
    }

    private static bool Meets(int at, int other, Box box) => other != Unreached && at + other >= box.Height;

    /// <summary>Lines of the old side (top to bottom) against lines of the new one (left to right).</summary>
    private readonly record struct Box(int Top, int Bottom, int Left, int Right)
    {
        public int Height => Bottom - Top;

        public int Width => Right - Left;
    }
}
