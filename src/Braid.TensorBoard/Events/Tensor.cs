namespace Braid.TensorBoard.Events;

/// <summary>The types of a tensor's elements, with TensorFlow's numbers.</summary>
public enum TensorType
{
    /// <summary>None.</summary>
    Invalid = 0,

    /// <summary>Single precision.</summary>
    Float = 1,

    /// <summary>Double precision.</summary>
    Double = 2,

    /// <summary>Signed, 32 bits.</summary>
    Int32 = 3,

    /// <summary>Unsigned, 8 bits.</summary>
    UInt8 = 4,

    /// <summary>Signed, 16 bits.</summary>
    Int16 = 5,

    /// <summary>Signed, 8 bits.</summary>
    Int8 = 6,

    /// <summary>Bytes of any length.</summary>
    String = 7,

    /// <summary>Signed, 64 bits.</summary>
    Int64 = 9,

    /// <summary>False or true.</summary>
    Bool = 10,

    /// <summary>The upper half of single precision.</summary>
    BFloat16 = 14,

    /// <summary>Unsigned, 16 bits.</summary>
    UInt16 = 17,

    /// <summary>Half precision.</summary>
    Half = 19,

    /// <summary>Unsigned, 32 bits.</summary>
    UInt32 = 22,

    /// <summary>Unsigned, 64 bits.</summary>
    UInt64 = 23,
}

/// <summary>Elements of one type in the shape of a box, row by row.</summary>
/// <param name="Shape">The length of each dimension; none for a single element.</param>
/// <param name="Numbers">Of every type but strings; integers of more than 53 bits are rounded.</param>
/// <param name="Strings">Of strings.</param>
public sealed record Tensor(
    TensorType Type,
    IReadOnlyList<long> Shape,
    IReadOnlyList<double> Numbers,
    IReadOnlyList<ReadOnlyMemory<byte>> Strings
)
{
    /// <summary>About how many bytes it takes in memory.</summary>
    public int Size => (Numbers.Count * sizeof(double)) + Strings.Sum(text => text.Length);
}
