using Braid.Cli.Output;

namespace Braid.Cli.Diffs;

/// <summary>Writes changes with some lines around them, as <c>diff -u</c> and <c>git diff</c> do.</summary>
internal sealed class UnifiedDiff(TextWriter output, Style style, int context)
{
    /// <summary>Nothing when both sides are the same.</summary>
    public void Write(string from, string to, IReadOnlyList<string> old, IReadOnlyList<string> current)
    {
        var changes = Changes(old.Count, current.Count, LineDiff.Common(old, current));
        if (changes.Count == 0)
        {
            return;
        }

        Line(Color.None, $"--- {from}");
        Line(Color.None, $"+++ {to}");
        for (var first = 0; first < changes.Count; )
        {
            var last = first;
            while (last + 1 < changes.Count && changes[last + 1].Old - changes[last].OldEnd <= 2 * context)
            {
                last++;
            }

            WriteHunk(changes[first..(last + 1)], old, current);
            first = last + 1;
        }
    }

    private static List<Change> Changes(int oldCount, int newCount, IEnumerable<CommonLines> common)
    {
        var changes = new List<Change>();
        var (oldAt, newAt) = (0, 0);
        foreach (var lines in common.Append(new(oldCount, newCount, 0)))
        {
            if (lines.Old > oldAt || lines.New > newAt)
            {
                changes.Add(new(oldAt, lines.Old, newAt, lines.New));
            }

            (oldAt, newAt) = (lines.Old + lines.Length, lines.New + lines.Length);
        }

        return changes;
    }

    private void WriteHunk(List<Change> changes, IReadOnlyList<string> old, IReadOnlyList<string> current)
    {
        var before = Math.Min(context, changes[0].Old);
        var after = Math.Min(context, old.Count - changes[^1].OldEnd);
        var (oldStart, newStart) = (changes[0].Old - before, changes[0].New - before);
        var (oldEnd, newEnd) = (changes[^1].OldEnd + after, changes[^1].NewEnd + after);
        Line(Color.Cyan, $"@@ -{Range(oldStart, oldEnd)} +{Range(newStart, newEnd)} @@");
        var at = oldStart;
        foreach (var change in changes)
        {
            Lines(' ', old, at, change.Old);
            Lines('-', old, change.Old, change.OldEnd);
            Lines('+', current, change.New, change.NewEnd);
            at = change.OldEnd;
        }

        Lines(' ', old, at, oldEnd);
    }

    /// <summary>The first line and how many; a range without lines stands after the line before it.</summary>
    private static string Range(int start, int end) =>
        (end - start) switch
        {
            0 => $"{start},0",
            1 => $"{start + 1}",
            var count => $"{start + 1},{count}",
        };

    private void Lines(char sign, IReadOnlyList<string> lines, int start, int end)
    {
        var color = sign switch
        {
            '-' => Color.Red,
            '+' => Color.Green,
            _ => Color.None,
        };
        for (var at = start; at < end; at++)
        {
            Line(color, sign + lines[at].TrimEnd('\n'));
            if (!lines[at].EndsWith('\n'))
            {
                Line(Color.None, "\\ No newline at end of file");
            }
        }
    }

    private void Line(Color color, string text) => output.Write(style.Colored(text, color).Painted + "\n");

    /// <summary>Lines of the old side that became lines of the new one; either may be none.</summary>
    private readonly record struct Change(int Old, int OldEnd, int New, int NewEnd);
}
