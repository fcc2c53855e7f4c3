using System.Buffers;
using System.Text;
using Braid.Tracking.Series.Hot;

namespace Braid.Tracking.Logs;

/// <summary>
/// Log lines as bytes, in order of arrival: docs/formats/log-block.md, version 1. Levels, workers and datums are written
/// once each and then named by number.
/// </summary>
internal static class LogBlock
{
    private const byte version = 1;

    /// <summary>What stands for a source in the column <c>sources</c>.</summary>
    public static long Bit(LogSource source) => 1L << (int)source;

    public static byte[] Encode(IReadOnlyList<LogLine> lines)
    {
        var words = lines
            .SelectMany(line => new[] { line.Level, line.Worker, line.Datum ?? "" })
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        var numbers = words.Index().ToDictionary(word => word.Item, word => (ulong)word.Index, StringComparer.Ordinal);
        var to = new ArrayBufferWriter<byte>();
        to.Write([version]);
        WriteNumber(to, (ulong)words.Length);
        foreach (var word in words)
        {
            WriteText(to, word);
        }

        WriteNumber(to, (ulong)lines.Count);
        long last = 0;
        foreach (var line in lines)
        {
            WriteNumber(to, Varint64.ZigZag(unchecked(line.TimestampMs - last)));
            last = line.TimestampMs;
            WriteNumber(to, (ulong)line.Source);
            WriteNumber(to, numbers[line.Level]);
            WriteNumber(to, numbers[line.Worker]);
            WriteNumber(to, numbers[line.Datum ?? ""]);
            WriteText(to, line.Text);
        }

        return Packing.Pack(to.WrittenSpan);
    }

    /// <param name="firstLine">The number of the block's first line.</param>
    /// <exception cref="InvalidDataException">It is no block.</exception>
    public static LogLine[] Decode(byte[] block, long firstLine, bool abandoned)
    {
        ReadOnlySpan<byte> from = Packing.Unpack(block);
        Require(from.Length > 0 && from[0] == version);
        var at = 1;
        var words = new string[ReadCount(from, ref at)];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = ReadText(from, ref at);
        }

        var lines = new LogLine[ReadCount(from, ref at)];
        long time = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            time = unchecked(time + Varint64.UnZigZag(Varint64.Read(from, ref at)));
            lines[i] = ReadLine(from, ref at, words) with
            {
                TimestampMs = time,
                Number = firstLine + i,
                IsAbandoned = abandoned,
            };
        }

        return lines;
    }

    private static LogLine ReadLine(ReadOnlySpan<byte> from, ref int at, string[] words)
    {
        var source = (LogSource)Varint64.Read(from, ref at);
        var level = ReadWord(from, ref at, words);
        var worker = ReadWord(from, ref at, words);
        var datum = ReadWord(from, ref at, words);
        return new()
        {
            TimestampMs = 0,
            Source = source,
            Level = level,
            Worker = worker,
            Datum = datum.Length == 0 ? null : datum,
            Text = ReadText(from, ref at),
        };
    }

    private static string ReadWord(ReadOnlySpan<byte> from, ref int at, string[] words)
    {
        var number = Varint64.Read(from, ref at);
        Require(number < (ulong)words.Length);
        return words[number];
    }

    private static void WriteNumber(ArrayBufferWriter<byte> to, ulong value) =>
        to.Advance(Varint64.Write(to.GetSpan(Varint64.MaxLength), value));

    private static void WriteText(ArrayBufferWriter<byte> to, string text)
    {
        WriteNumber(to, (ulong)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, to);
    }

    private static string ReadText(ReadOnlySpan<byte> from, ref int at)
    {
        var length = ReadCount(from, ref at);
        at += length;
        return Encoding.UTF8.GetString(from.Slice(at - length, length));
    }

    /// <summary>A number of things that each take a byte or more, so no more than bytes are left.</summary>
    private static int ReadCount(ReadOnlySpan<byte> from, ref int at)
    {
        var count = Varint64.Read(from, ref at);
        Require(count <= (ulong)(from.Length - at));
        return (int)count;
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidDataException("a block of a log is damaged");
        }
    }
}
