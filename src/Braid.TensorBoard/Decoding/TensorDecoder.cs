using Braid.TensorBoard.Events;
using Braid.TensorBoard.Wire;

namespace Braid.TensorBoard.Decoding;

/// <summary>
/// Reads <c>TensorProto</c>: raw bytes if there are any, else numbers of the type's own field, of which the last one repeats
/// until the shape is full.
/// </summary>
internal static class TensorDecoder
{
    /// <summary>A shape that promises more than this is taken for damage: a few bytes could ask for any amount of memory.</summary>
    private const long mostElements = 1 << 25;

    public static Tensor Decode(ReadOnlySpan<byte> bytes)
    {
        var type = TensorType.Invalid;
        var shape = new List<long>();
        var values = new TensorValues();
        ReadOnlySpan<byte> raw = default;
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    type = (TensorType)reader.ReadInt32();
                    break;
                case 2:
                    ReadShape(reader.ReadBytes(), shape);
                    break;
                case 4:
                    raw = reader.ReadBytes();
                    break;
                default:
                    values.Read(ref reader, type);
                    break;
            }
        }

        var elements = Elements(shape);
        if (type == TensorType.String)
        {
            return new(type, shape, [], Fill(values.Strings, elements, ReadOnlyMemory<byte>.Empty));
        }

        var numbers = raw.IsEmpty ? Fill(values.Numbers, elements, 0) : TensorContent.Decode(type, raw, elements);
        return new(type, shape, numbers, []);
    }

    private static void ReadShape(ReadOnlySpan<byte> bytes, List<long> shape)
    {
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 2)
            {
                shape.Add(ReadDimension(reader.ReadBytes()));
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static long ReadDimension(ReadOnlySpan<byte> bytes)
    {
        long size = 0;
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                size = reader.ReadInt64();
            }
            else
            {
                reader.Skip();
            }
        }

        return size;
    }

    private static int Elements(List<long> shape)
    {
        long elements = 1;
        foreach (var size in shape)
        {
            if (size is < 0 or > mostElements || (elements *= size) > mostElements)
            {
                throw new InvalidDataException("a tensor of an impossible shape");
            }
        }

        return (int)elements;
    }

    private static List<T> Fill<T>(List<T> values, int elements, T otherwise)
    {
        if (values.Count > elements)
        {
            throw new InvalidDataException("a tensor with more values than its shape has");
        }

        var last = values.Count > 0 ? values[^1] : otherwise;
        values.EnsureCapacity(elements);
        while (values.Count < elements)
        {
            values.Add(last);
        }

        return values;
    }
}
