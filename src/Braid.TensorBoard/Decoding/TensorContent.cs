using System.Buffers.Binary;
using Braid.TensorBoard.Events;

namespace Braid.TensorBoard.Decoding;

/// <summary>The elements of a tensor as raw bytes, little-endian, row by row.</summary>
internal static class TensorContent
{
    private delegate double Element(ReadOnlySpan<byte> bytes);

    public static List<double> Decode(TensorType type, ReadOnlySpan<byte> raw, int elements)
    {
        var (size, read) = ReaderOf(type);
        if ((long)size * elements != raw.Length)
        {
            throw new InvalidDataException("a tensor with more or fewer bytes than its shape has");
        }

        var numbers = new List<double>(elements);
        for (; raw.Length > 0; raw = raw[size..])
        {
            numbers.Add(read(raw));
        }

        return numbers;
    }

    public static double BFloat16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    private static (int Size, Element Read) ReaderOf(TensorType type) =>
        type switch
        {
            TensorType.Float => (4, bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes)),
            TensorType.Double => (8, bytes => BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
            TensorType.Int32 => (4, bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes)),
            TensorType.UInt8 or TensorType.Bool => (1, bytes => bytes[0]),
            TensorType.Int16 => (2, bytes => BinaryPrimitives.ReadInt16LittleEndian(bytes)),
            TensorType.Int8 => (1, bytes => unchecked((sbyte)bytes[0])),
            TensorType.Int64 => (8, bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes)),
            TensorType.BFloat16 => (2, bytes => BFloat16(BinaryPrimitives.ReadUInt16LittleEndian(bytes))),
            TensorType.UInt16 => (2, bytes => BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
            TensorType.Half => (2, bytes => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes)),
            TensorType.UInt32 => (4, bytes => BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
            TensorType.UInt64 => (8, bytes => BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
            _ => throw new InvalidDataException($"a tensor of an unknown type ({(int)type})"),
        };
}
