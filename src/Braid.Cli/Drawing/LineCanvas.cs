using System.Text;
using Braid.Cli.Output;

namespace Braid.Cli.Drawing;

/// <summary>Which ways a line leaves a cell.</summary>
[Flags]
internal enum Ways
{
    None = 0,
    Up = 1,
    Down = 2,
    Left = 4,
    Right = 8,
}

/// <summary>Cells of lines and texts; lines that meet in a cell are joined there.</summary>
internal sealed class LineCanvas
{
    /// <summary>By the ways that the lines of a cell leave it.</summary>
    private const string Signs = " │││─╯╮┤─╰╭├─┴┬┼";

    private readonly Dictionary<(int Row, int Column), Ways> lines = [];
    private readonly Dictionary<(int Row, int Column), Cell> texts = [];

    public void Down(int column, int fromRow, int toRow)
    {
        for (var row = fromRow; row <= toRow; row++)
        {
            Add(row, column, (row > fromRow ? Ways.Up : Ways.None) | (row < toRow ? Ways.Down : Ways.None));
        }
    }

    public void Across(int row, int fromColumn, int toColumn)
    {
        for (var column = fromColumn; column <= toColumn; column++)
        {
            Add(
                row,
                column,
                (column > fromColumn ? Ways.Left : Ways.None) | (column < toColumn ? Ways.Right : Ways.None)
            );
        }
    }

    /// <summary>A text stands where lines would.</summary>
    public void Write(int row, int column, Cell text)
    {
        texts[(row, column)] = text;
        for (var at = column; at < column + text.Text.Length; at++)
        {
            lines.Remove((row, at));
        }
    }

    public void Print(TextWriter output)
    {
        var rows = lines.Keys.Concat(texts.Keys).GroupBy(place => place.Row).OrderBy(row => row.Key);
        foreach (var row in rows)
        {
            output.Write(Line(row.Key, row.Max(place => place.Column)).TrimEnd() + "\n");
        }
    }

    private string Line(int row, int lastColumn)
    {
        var line = new StringBuilder();
        for (var column = 0; column <= lastColumn; column++)
        {
            if (texts.TryGetValue((row, column), out var text))
            {
                line.Append(text.Painted);
                column += text.Text.Length - 1;
            }
            else
            {
                line.Append(Signs[(int)lines.GetValueOrDefault((row, column))]);
            }
        }

        return line.ToString();
    }

    private void Add(int row, int column, Ways ways) =>
        lines[(row, column)] = lines.GetValueOrDefault((row, column)) | ways;
}
