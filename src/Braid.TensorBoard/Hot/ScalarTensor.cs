using System.Buffers.Binary;

namespace Braid.TensorBoard.Hot;

/// <summary>Reads a tensor of no dimensions and of single or double precision, as its writers write it.</summary>
internal static class ScalarTensor
{
    // In the order of the fields: type, shape, the number: packed, unpacked or as raw bytes.
    private static ReadOnlySpan<byte> EmptyShape => [(2 << 3) | 2, 0];
    private static ReadOnlySpan<byte> Float => [1 << 3, 1];
    private static ReadOnlySpan<byte> Double => [1 << 3, 2];

    public static bool TryRead(ReadOnlySpan<byte> tensor, out double number)
    {
        number = 0;
        if (tensor.StartsWith(Float))
        {
            var value = Value(tensor[Float.Length..], sizeof(float), packed: 5, unpacked: (5 << 3) | 5);
            number = value.IsEmpty ? 0 : BinaryPrimitives.ReadSingleLittleEndian(value);
            return !value.IsEmpty;
        }

        if (tensor.StartsWith(Double))
        {
            var value = Value(tensor[Double.Length..], sizeof(double), packed: 6, unpacked: (6 << 3) | 1);
            number = value.IsEmpty ? 0 : BinaryPrimitives.ReadDoubleLittleEndian(value);
            return !value.IsEmpty;
        }

        return false;
    }

    /// <summary>The bytes of the one number; empty when it is written in another way.</summary>
    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> fields, int size, int packed, byte unpacked)
    {
        if (fields.StartsWith(EmptyShape))
        {
            fields = fields[EmptyShape.Length..];
        }

        if (fields.Length == 1 + size && fields[0] == unpacked)
        {
            return fields[1..];
        }

        return
            fields.Length == 2 + size
            && fields[1] == size
            && (fields[0] == ((packed << 3) | 2) || fields[0] == ((4 << 3) | 2))
            ? fields[2..]
            : default;
    }
}
