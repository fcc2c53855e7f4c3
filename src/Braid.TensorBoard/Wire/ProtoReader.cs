using System.Buffers.Binary;
using System.Text;

namespace Braid.TensorBoard.Wire;

/// <summary>
/// Fields of a protocol buffer, one after the other. Bytes that are none are an <see cref="InvalidDataException"/>, caught
/// once an event: their check sum was good, so some writer is broken.
/// </summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> bytes)
{
    private const int variable = 0;
    private const int eightBytes = 1;
    private const int withLength = 2;
    private const int fourBytes = 5;

    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int at;
    private int wireType;

    /// <summary>The number of the field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>Goes to the next field; each must be read or skipped.</summary>
    public bool Next()
    {
        if (at >= bytes.Length)
        {
            return false;
        }

        var key = ReadVarint();
        Field = (int)(key >> 3);
        wireType = (int)(key & 7);
        Require(Field > 0 && key <= uint.MaxValue);
        return true;
    }

    public long ReadInt64()
    {
        Require(wireType == variable);
        return unchecked((long)ReadVarint());
    }

    /// <summary>32-bit fields are sign-extended to 64 bits by their writers; what does not fit is cut.</summary>
    public int ReadInt32() => unchecked((int)ReadInt64());

    public bool ReadBool() => ReadInt64() != 0;

    public double ReadDouble()
    {
        Require(wireType == eightBytes);
        return BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));
    }

    public float ReadSingle()
    {
        Require(wireType == fourBytes);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));
    }

    public ReadOnlySpan<byte> ReadBytes()
    {
        Require(wireType == withLength);
        var length = ReadVarint();
        Require(length <= (ulong)(bytes.Length - at));
        return Take((int)length);
    }

    public string ReadString() => Encoding.UTF8.GetString(ReadBytes());

    /// <summary>One number, or many packed into one field: writers may do either.</summary>
    public void ReadDoubles(List<double> to)
    {
        if (wireType == eightBytes)
        {
            to.Add(ReadDouble());
            return;
        }

        var packed = ReadBytes();
        Require(packed.Length % sizeof(double) == 0);
        to.EnsureCapacity(to.Count + (packed.Length / sizeof(double)));
        for (; packed.Length > 0; packed = packed[sizeof(double)..])
        {
            to.Add(BinaryPrimitives.ReadDoubleLittleEndian(packed));
        }
    }

    /// <inheritdoc cref="ReadDoubles"/>
    public void ReadSingles(List<double> to)
    {
        if (wireType == fourBytes)
        {
            to.Add(ReadSingle());
            return;
        }

        var packed = ReadBytes();
        Require(packed.Length % sizeof(float) == 0);
        to.EnsureCapacity(to.Count + (packed.Length / sizeof(float)));
        for (; packed.Length > 0; packed = packed[sizeof(float)..])
        {
            to.Add(BinaryPrimitives.ReadSingleLittleEndian(packed));
        }
    }

    /// <inheritdoc cref="ReadDoubles"/>
    public void ReadVarints(List<long> to)
    {
        if (wireType == variable)
        {
            to.Add(ReadInt64());
            return;
        }

        var packed = new ProtoReader(ReadBytes());
        while (packed.at < packed.bytes.Length)
        {
            to.Add(unchecked((long)packed.ReadVarint()));
        }
    }

    public void Skip()
    {
        switch (wireType)
        {
            case variable:
                ReadVarint();
                return;
            case eightBytes:
                Take(sizeof(double));
                return;
            case withLength:
                ReadBytes();
                return;
            case fourBytes:
                Take(sizeof(float));
                return;
            default:
                throw Damaged();
        }
    }

    private ulong ReadVarint()
    {
        ulong number = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }

        throw Damaged();
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        Require(length <= bytes.Length - at);
        at += length;
        return bytes.Slice(at - length, length);
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw Damaged();
        }
    }

    private static InvalidDataException Damaged() => new("an event is no protocol buffer");
}
