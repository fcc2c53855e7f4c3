using System.Buffers;
using System.Text;
using Braid.Cli.CommandLine;

namespace Braid.Cli.OldForms.Splitting;

/// <summary>
/// What stands around the rows of a table's dump as <c>pg_dump</c> writes it: every file made of some rows begins with the header
/// (up to <c>COPY ... FROM stdin;</c>) and ends with the footer (from <c>\.</c>), so that each can be loaded by itself.
/// </summary>
internal sealed class DumpFrame
{
    private readonly ArrayBufferWriter<byte> header = new();
    private readonly ArrayBufferWriter<byte> footer = new();
    private Place place = Place.Header;

    private enum Place
    {
        Header,
        Rows,
        Footer,
    }

    public ReadOnlyMemory<byte> Header => header.WrittenMemory;

    public ReadOnlyMemory<byte> Footer => footer.WrittenMemory;

    /// <summary>Reads the whole dump once, for the footer is at its end.</summary>
    public static async Task<DumpFrame> ReadAsync(Stream dump, CancellationToken ct)
    {
        var frame = new DumpFrame();
        await foreach (var line in RecordReader.ReadAsync(dump, new LineScanner(), ct))
        {
            frame.IsRow(line);
        }

        return frame.place == Place.Footer
            ? frame
            : throw new Failure("this is no dump of a table: no line COPY ... FROM stdin; with rows and \\. after it");
    }

    /// <summary>Whether the next line is a row; header and footer are kept.</summary>
    public bool IsRow(ReadOnlySequence<byte> line)
    {
        var (text, was) = (Encoding.UTF8.GetString(line.Slice(0, Math.Min(line.Length, Longest))).TrimEnd(), place);
        place = place switch
        {
            Place.Header when IsCopy(text) => Place.Rows,
            Place.Rows when text == "\\." => Place.Footer,
            Place.Footer when IsCopy(text) => throw new Failure(
                "this dump has more than one table: dump them one by one (pg_dump --table)"
            ),
            _ => place,
        };
        var isRow = (was, place) is (Place.Rows, Place.Rows);
        if (!isRow)
        {
            (place == Place.Footer ? footer : header).Write(line.ToArray());
        }

        return isRow;
    }

    /// <summary>No line that frames the rows is longer.</summary>
    private const int Longest = 64 * 1024;

    private static bool IsCopy(string text) =>
        text.StartsWith("COPY ", StringComparison.Ordinal) && text.EndsWith("FROM stdin;", StringComparison.Ordinal);
}
