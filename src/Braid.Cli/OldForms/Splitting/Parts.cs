using System.Buffers;
using System.Globalization;
using Braid.Protos.Pfs;
using Google.Protobuf;

namespace Braid.Cli.OldForms.Splitting;

/// <summary>Fills one numbered file after the other.</summary>
internal sealed class Parts(string directory, long first)
{
    /// <summary>1.x wrote the number as 16 hexadecimal digits.</summary>
    public const int Digits = 16;

    private readonly ArrayBufferWriter<byte> pending = new();

    /// <summary>The number of the file that is being filled.</summary>
    public long Next { get; private set; } = first;

    /// <summary>What the file holds, the header apart.</summary>
    public long Records { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Bytes that no message has taken yet.</summary>
    public int Pending => pending.WrittenCount;

    public void Add(ReadOnlySequence<byte> record, ReadOnlySpan<byte> header, ReadOnlySpan<byte> separator)
    {
        pending.Write(Records == 0 ? header : separator);

        foreach (var piece in record)
        {
            pending.Write(piece.Span);
        }

        Records++;
        Bytes += record.Length;
    }

    /// <summary>A message with what is pending; the file goes on.</summary>
    public ModifyFileRequest Send()
    {
        var path = $"{directory.TrimEnd('/')}/{Next.ToString($"x{Digits}", CultureInfo.InvariantCulture)}";
        var message = new ModifyFileRequest
        {
            AddFile = new() { Path = path, Raw = ByteString.CopyFrom(pending.WrittenSpan) },
        };
        pending.ResetWrittenCount();
        return message;
    }

    /// <summary>The last message of the file; the next record begins another.</summary>
    public ModifyFileRequest Close(ReadOnlyMemory<byte> footer)
    {
        pending.Write(footer.Span);
        var message = Send();
        (Records, Bytes) = (0, 0);
        Next++;
        return message;
    }
}
