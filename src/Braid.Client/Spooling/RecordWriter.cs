using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Braid.Client.Records;
using Braid.Storage.Packs;

namespace Braid.Client.Spooling;

/// <summary>
/// Writes records as the spool holds them: length and CRC-32C of the body (four bytes each, little endian), then the body. It
/// begins with the kind; texts have their length before them.
/// </summary>
internal sealed class RecordWriter
{
    public const int HeaderSize = 8;

    private readonly ArrayBufferWriter<byte> buffer = new(1 << 16);

    /// <summary>What was written since <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    public void Clear() => buffer.ResetWrittenCount();

    public void Write(in LogRecord record)
    {
        if (record.Kind == RecordKind.Metric)
        {
            WriteMetric(record);
        }
        else
        {
            WriteAny(record);
        }
    }

    /// <summary>What nearly all records are, in one piece.</summary>
    private void WriteMetric(in LogRecord record)
    {
        const int beforeName = HeaderSize + 21;
        var whole = buffer.GetSpan(beforeName + 8 + Encoding.UTF8.GetMaxByteCount(record.Name.Length));
        whole[HeaderSize] = (byte)record.Kind;
        BinaryPrimitives.WriteInt64LittleEndian(whole[(HeaderSize + 1)..], record.Step);
        BinaryPrimitives.WriteInt64LittleEndian(whole[(HeaderSize + 9)..], record.Milliseconds);
        var name = Encoding.UTF8.GetBytes(record.Name, whole[beforeName..]);
        BinaryPrimitives.WriteInt32LittleEndian(whole[(HeaderSize + 17)..], name);
        BinaryPrimitives.WriteDoubleLittleEndian(whole[(beforeName + name)..], record.Value);
        whole = whole[..(beforeName + name + 8)];
        Seal(whole);
        buffer.Advance(whole.Length);
    }

    private void WriteAny(in LogRecord record)
    {
        var start = buffer.WrittenCount;
        buffer.GetSpan(HeaderSize)[..HeaderSize].Clear();
        buffer.Advance(HeaderSize);
        WriteBody(record);
        var whole = System.Runtime.InteropServices.MemoryMarshal.AsMemory(buffer.WrittenMemory).Span[start..];
        Seal(whole);
    }

    private static void Seal(Span<byte> whole)
    {
        BinaryPrimitives.WriteInt32LittleEndian(whole, whole.Length - HeaderSize);
        BinaryPrimitives.WriteUInt32LittleEndian(whole[4..], Crc32C.Of(whole[HeaderSize..]));
    }

    private void WriteBody(in LogRecord record)
    {
        Write((byte)record.Kind);
        Write(record.Step);
        Write(record.Milliseconds);
        Write(record.Name);
        switch (record.Kind)
        {
            case RecordKind.Parameter:
                Write(record.Parameter.Section);
                Write(record.Parameter.Text);
                Write(record.Parameter.Type);
                break;
            case RecordKind.Tag or RecordKind.Note or RecordKind.Console:
                Write(record.Text);
                break;
            case RecordKind.Label:
                break;
            case RecordKind.Artifact:
                Write(record.Artifact);
                break;
            case RecordKind.Model:
                Write(record.Model);
                break;
            case RecordKind.End:
                Write((byte)record.End.Outcome);
                Write(record.End.Reason);
                Write(record.End.At);
                break;
            default:
                Write(record.Media.Extension);
                Write(record.Media.Content.Span);
                break;
        }
    }

    private void Write(ArtifactFile artifact)
    {
        Write((byte)artifact.Kind);
        Write(artifact.Path);
        Write(artifact.Folder);
        Write((byte)(artifact.Content is null ? 0 : 1));
        if (artifact.Content is { } content)
        {
            Write(content.Span);
        }
    }

    private void Write(ModelFile model)
    {
        Write(model.Path);
        Write((byte)model.Kind);
        Write(model.Framework);
        Write(model.Description);
        Write(model.Tags.Count);
        foreach (var (name, value) in model.Tags)
        {
            Write(name);
            Write(value);
        }
    }

    private void Write(byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }

    private void Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(4), value);
        buffer.Advance(4);
    }

    private void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(8), value);
        buffer.Advance(8);
    }

    private void Write(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Write(length);
        buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(length)));
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        Write(bytes.Length);
        buffer.Write(bytes);
    }
}
