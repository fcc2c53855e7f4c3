namespace Braid.Cli.Output;

/// <summary>The colors of states, as terminals number them.</summary>
internal enum Color
{
    None = 0,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Cyan = 36,
}

/// <summary>One cell of a table: as wide as its text, printed with its colors.</summary>
internal readonly record struct Cell(string Text, string Painted)
{
    public static implicit operator Cell(string text) => new(text, text);

    public static Cell operator +(Cell left, Cell right) => new(left.Text + right.Text, left.Painted + right.Painted);

    public static Cell In(Color color, string text) =>
        color == Color.None ? text : new Cell(text, $"\e[{(int)color}m{text}\e[0m");
}
