namespace Braid.Cli.OldForms.Splitting;

/// <summary>A record is a line.</summary>
internal sealed class LineScanner : IRecordScanner
{
    public int End(ReadOnlySpan<byte> bytes) => bytes.IndexOf((byte)'\n') is var at and >= 0 ? at + 1 : -1;
}

/// <summary>A record is a row: a line, but what is quoted may hold line ends.</summary>
internal sealed class CsvScanner : IRecordScanner
{
    private bool isQuoted;

    public int End(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            if (bytes[at] == (byte)'"')
            {
                // A doubled quote ends the quoted part and begins it again.
                isQuoted = !isQuoted;
            }
            else if (bytes[at] == (byte)'\n' && !isQuoted)
            {
                return at + 1;
            }
        }

        return -1;
    }
}

/// <summary>A record is a JSON value, with the white space before it.</summary>
internal sealed class JsonScanner : IRecordScanner
{
    private int depth;
    private bool isText;
    private bool isEscaped;
    private bool hasBegun;

    public int End(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            var (isSpace, wasOpen) = (
                bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t',
                depth > 0 || isText
            );
            Read(bytes[at]);
            var isOpen = depth > 0 || isText;
            // A value ends where its bracket or quote closes; a number or word where white space follows.
            if (hasBegun && !isOpen && (wasOpen || isSpace))
            {
                hasBegun = false;
                return at + 1;
            }
        }

        return -1;
    }

    private void Read(byte letter)
    {
        if (isText)
        {
            (isText, isEscaped) = (isEscaped || letter != (byte)'"', !isEscaped && letter == (byte)'\\');
            return;
        }

        hasBegun |= letter is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t');
        isText = letter == (byte)'"';
        depth += letter switch
        {
            (byte)'{' or (byte)'[' => 1,
            (byte)'}' or (byte)']' => -1,
            _ => 0,
        };
    }
}
