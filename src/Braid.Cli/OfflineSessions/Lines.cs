using System.Buffers;
using System.Runtime.CompilerServices;
using Braid.Cli.CommandLine;

namespace Braid.Cli.OfflineSessions;

/// <summary>Cuts bytes that come in pieces into lines; what is held is one line.</summary>
internal static class Lines
{
    private const int longest = 256 << 20;

    /// <summary>The lines that are not empty. Each is good until the next one is asked for.</summary>
    /// <param name="name">What messages call the bytes.</param>
    /// <exception cref="Failure">A line is too long.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        string name,
        IAsyncEnumerable<ReadOnlyMemory<byte>> pieces,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var line = new ArrayBufferWriter<byte>();
        await foreach (var piece in pieces.WithCancellation(ct))
        {
            var rest = piece;
            while (rest.Span.IndexOf((byte)'\n') is >= 0 and var end)
            {
                line.Write(rest.Span[..end]);
                rest = rest[(end + 1)..];
                if (line.WrittenCount > 0)
                {
                    yield return line.WrittenMemory;
                    line.ResetWrittenCount();
                }
            }

            if (line.WrittenCount + rest.Length > longest)
            {
                throw new Failure($"{name}: a line is longer than {longest >> 20} MiB");
            }

            line.Write(rest.Span);
        }

        if (line.WrittenCount > 0)
        {
            yield return line.WrittenMemory;
        }
    }
}
