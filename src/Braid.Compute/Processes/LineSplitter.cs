using System.Text;

namespace Braid.Compute.Processes;

/// <summary>
/// Cuts a stream of bytes into lines of text. A line longer than the limit comes in several pieces, cut between characters.
/// Bytes that are no UTF-8 become U+FFFD, and so do zero bytes, which a database does not store as text.
/// </summary>
internal sealed class LineSplitter(int longest)
{
    /// <summary>The longest piece of a line, in bytes.</summary>
    public const int DefaultLongest = 16 * 1024;

    private readonly List<byte> rest = [];

    /// <summary>The lines that <paramref name="bytes"/> complete.</summary>
    public IReadOnlyList<string> Add(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<string>();
        while (!bytes.IsEmpty)
        {
            var newline = bytes.IndexOf((byte)'\n');
            var line = newline < 0 ? bytes : bytes[..newline];
            rest.AddRange(line);
            CutPieces(lines);
            if (newline >= 0)
            {
                Flush(lines);
            }

            bytes = bytes[(newline < 0 ? bytes.Length : newline + 1)..];
        }

        return lines;
    }

    /// <summary>The last line, when it did not end with a newline.</summary>
    public IReadOnlyList<string> End()
    {
        var lines = new List<string>();
        if (rest.Count > 0)
        {
            Flush(lines);
        }

        return lines;
    }

    private void CutPieces(List<string> lines)
    {
        while (rest.Count > longest)
        {
            var at = longest;
            // A byte 10xxxxxx continues a character: cut before the character begins, at most three bytes back.
            while (at > longest - 4 && (rest[at] & 0xC0) == 0x80)
            {
                at--;
            }

            lines.Add(Text(rest[..at]));
            rest.RemoveRange(0, at);
        }
    }

    private void Flush(List<string> lines)
    {
        lines.Add(Text(rest));
        rest.Clear();
    }

    private static string Text(List<byte> bytes) => Encoding.UTF8.GetString([.. bytes]).Replace('\0', '\uFFFD');
}
