namespace Braid.Cli.Workloads.Listing;

/// <summary>A table as Run:ai prints it: one header, columns two spaces apart, nothing behind the last.</summary>
internal sealed class PlainTable(params string[] header)
{
    private readonly List<string[]> rows = [header];

    public void Add(params string[] cells) => rows.Add(cells);

    public void Write(TextWriter output)
    {
        var widths = header.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => cell.PadRight(widths[column]));
            output.Write(string.Join("  ", cells).TrimEnd() + "\n");
        }
    }
}
