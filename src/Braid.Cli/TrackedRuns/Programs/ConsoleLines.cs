using System.Buffers;
using System.Text;

namespace Braid.Cli.TrackedRuns.Programs;

/// <summary>
/// Makes lines of what a program prints. What a carriage return went back over is not kept: a progress bar becomes the one line that
/// it ended as.
/// </summary>
internal sealed class ConsoleLines(Action<string> add)
{
    /// <summary>A longer line is cut into several.</summary>
    private const int longest = 64 << 10;

    private readonly ArrayBufferWriter<byte> line = new();
    private bool isBack;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            Append(end < 0 ? bytes : bytes[..end]);
            if (end < 0)
            {
                return;
            }

            if (bytes[end] == '\n')
            {
                End();
            }
            else
            {
                isBack = true;
            }

            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>Ends the line that was begun, if one was.</summary>
    public void End()
    {
        isBack = false;
        if (line.WrittenCount > 0)
        {
            add(Encoding.UTF8.GetString(line.WrittenSpan));
            line.ResetWrittenCount();
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        if (isBack)
        {
            line.ResetWrittenCount();
            isBack = false;
        }

        while (line.WrittenCount + bytes.Length > longest)
        {
            var room = longest - line.WrittenCount;
            line.Write(bytes[..room]);
            bytes = bytes[room..];
            End();
        }

        line.Write(bytes);
    }
}
