using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Braid.Compute.Containers.Engine;

/// <summary>
/// A log as engines send it: frames of <c>stream 0 0 0 LENGTH</c> (4 bytes, the highest first) and one entry each,
/// <c>TIME TEXT</c>. An entry is a line with its newline, or a piece of a long line without one.
/// </summary>
internal static class LogFrames
{
    private const int headerSize = 8;
    private const int longest = 16 * 1024 * 1024;
    private const byte standardError = 2;

    public static async IAsyncEnumerable<LogEntry> ReadAsync(Stream body, [EnumeratorCancellation] CancellationToken ct)
    {
        using var buffered = new BufferedStream(body, 64 * 1024);
        var header = new byte[headerSize];
        while (await buffered.ReadAtLeastAsync(header, headerSize, throwOnEndOfStream: false, ct) == headerSize)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4));
            if (length > longest)
            {
                throw new InvalidDataException($"an entry of a container's log has {length} bytes");
            }

            var entry = new byte[length];
            await buffered.ReadExactlyAsync(entry, ct);
            yield return Parse(header[0] == standardError, entry);
        }
    }

    private static LogEntry Parse(bool isError, byte[] entry)
    {
        var space = Array.IndexOf(entry, (byte)' ');
        var time = DateTimeOffset.Parse(
            Encoding.ASCII.GetString(entry, 0, space),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );
        return new(isError, time, entry.AsMemory(space + 1));
    }
}

/// <summary>A line, or a piece of one, as the engine read it.</summary>
internal readonly record struct LogEntry(bool IsError, DateTimeOffset Time, ReadOnlyMemory<byte> Text);
