using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Braid.TensorBoard.Wire;

/// <summary>Writes the fields of a protocol buffer one after the other. Zero, false and empty are written, too: a caller leaves out what is to be absent.</summary>
internal sealed class ProtoWriter
{
    private const int longestVarint = 10;
    private readonly ArrayBufferWriter<byte> bytes = new();

    public ReadOnlySpan<byte> Written => bytes.WrittenSpan;

    public void Clear() => bytes.ResetWrittenCount();

    public ProtoWriter Varint(int field, long value)
    {
        Key(field, 0);
        Varint(unchecked((ulong)value));
        return this;
    }

    public ProtoWriter Double(int field, double value)
    {
        Key(field, 1);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.GetSpan(sizeof(double)), value);
        bytes.Advance(sizeof(double));
        return this;
    }

    public ProtoWriter Single(int field, float value)
    {
        Key(field, 5);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.GetSpan(sizeof(float)), value);
        bytes.Advance(sizeof(float));
        return this;
    }

    public ProtoWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Key(field, 2);
        Varint((ulong)value.Length);
        bytes.Write(value);
        return this;
    }

    public ProtoWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtoWriter Doubles(int field, IEnumerable<double> values)
    {
        var packed = new ArrayBufferWriter<byte>();
        foreach (var value in values)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(packed.GetSpan(sizeof(double)), value);
            packed.Advance(sizeof(double));
        }

        return Bytes(field, packed.WrittenSpan);
    }

    public ProtoWriter Message(int field, Action<ProtoWriter> write)
    {
        var message = new ProtoWriter();
        write(message);
        return Bytes(field, message.Written);
    }

    private void Key(int field, int wireType) => Varint((ulong)((field << 3) | wireType));

    private void Varint(ulong value)
    {
        var to = bytes.GetSpan(longestVarint);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            to[length++] = (byte)(value | 0x80);
        }

        to[length++] = (byte)value;
        bytes.Advance(length);
    }
}
