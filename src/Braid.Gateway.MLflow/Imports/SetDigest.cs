using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Braid.Gateway.MLflow.Imports;

/// <summary>
/// A digest of a set of points or parameters that does not depend on their order: the sum of the first 16 bytes of each one's
/// SHA-256. Both ends of an import compute it, each from what it reads; the program and the server compile these same lines.
/// </summary>
internal struct SetDigest
{
    private UInt128 sum;

    /// <summary>How many there were.</summary>
    public long Count { get; private set; }

    public void AddPoint(PointKey key, long timestamp, long step, double value)
    {
        // NaN is one value, and so is zero: no store here keeps their many forms apart.
        var bits = double.IsNaN(value) ? -1L : BitConverter.DoubleToInt64Bits(value + 0.0);
        Span<byte> bytes = stackalloc byte[40];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, key.Digest);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], timestamp);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], step);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], bits);
        Add(Half(bytes));
    }

    public void AddPair(string key, string value)
    {
        Span<byte> bytes = stackalloc byte[32];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, Half(Encoding.UTF8.GetBytes(key)));
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[16..], Half(Encoding.UTF8.GetBytes(value)));
        Add(Half(bytes));
    }

    /// <summary>32 hex digits.</summary>
    public override readonly string ToString() => sum.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>The first half of the SHA-256.</summary>
    internal static UInt128 Half(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    private void Add(UInt128 one)
    {
        sum = unchecked(sum + one);
        Count++;
    }
}

/// <summary>A metric's key, digested once for all of its points.</summary>
internal readonly record struct PointKey(UInt128 Digest)
{
    public static PointKey Of(string key) => new(SetDigest.Half(Encoding.UTF8.GetBytes(key)));
}
