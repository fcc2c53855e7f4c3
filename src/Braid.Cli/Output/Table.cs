namespace Braid.Cli.Output;

/// <summary>
/// A table as pachctl prints it: columns as wide as their widest cell plus one space, sized anew for every screenful of 50
/// lines, each with its header.
/// </summary>
internal sealed class Table(TextWriter output, params string[] header)
{
    private const int Screenful = 50;

    private readonly List<Cell[]> rows = [];
    private int linesSinceHeader = Screenful;

    /// <summary>The last column is not padded.</summary>
    public bool IsOpenEnded { get; init; }

    /// <summary>No column is narrower.</summary>
    public int LeastWidth { get; init; }

    public void Add(params Cell[] cells)
    {
        rows.Add(cells);
        if (rows.Count == Screenful - 1)
        {
            Flush();
            linesSinceHeader = Screenful;
        }
    }

    /// <summary>Prints what is left; a table without rows prints its header.</summary>
    public void Finish()
    {
        if (rows.Count > 0 || linesSinceHeader == Screenful)
        {
            Flush();
        }
    }

    private void Flush()
    {
        Cell[] top = [.. header.Select(name => (Cell)name)];
        var widths = header
            .Select((name, column) => Math.Max(LeastWidth - 1, rows.Append(top).Max(row => row[column].Text.Length)))
            .ToArray();
        if (linesSinceHeader >= Screenful)
        {
            rows.Insert(0, top);
            linesSinceHeader = 0;
        }

        rows.ForEach(row => Write(row, widths));
        linesSinceHeader += rows.Count;
        rows.Clear();
    }

    private void Write(Cell[] row, int[] widths)
    {
        for (var column = 0; column < row.Length; column++)
        {
            output.Write(row[column].Painted);
            if (column < row.Length - 1 || !IsOpenEnded)
            {
                output.Write(new string(' ', widths[column] - row[column].Text.Length + 1));
            }
        }

        output.Write('\n');
    }
}
