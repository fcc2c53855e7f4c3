using System.Buffers;
using System.Text;

namespace Braid.Client.Backends.WandbOffline;

/// <summary>Writes fields of a protobuf message: varints, texts, messages.</summary>
internal sealed class ProtoWriter
{
    private readonly ArrayBufferWriter<byte> bytes = new();

    public ReadOnlySpan<byte> Written => bytes.WrittenSpan;

    public ProtoWriter Number(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
        return this;
    }

    public ProtoWriter Text(int field, string? text)
    {
        if (text is { Length: > 0 })
        {
            Bytes(field, Encoding.UTF8.GetBytes(text));
        }

        return this;
    }

    public ProtoWriter Message(int field, Action<ProtoWriter> write)
    {
        var inner = new ProtoWriter();
        write(inner);
        Bytes(field, inner.Written);
        return this;
    }

    private void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)value.Length);
        bytes.Write(value);
    }

    private void Varint(ulong value)
    {
        var span = bytes.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[length++] = (byte)(value | 0x80);
        }

        span[length++] = (byte)value;
        bytes.Advance(length);
    }
}
