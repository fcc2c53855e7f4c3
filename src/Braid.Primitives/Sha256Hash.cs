using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Braid.Primitives;

/// <summary>A SHA-256 digest (32 bytes), compared by value; its text form is 64 lower-case hex digits.</summary>
[InlineArray(Size)]
public struct Sha256Hash : IEquatable<Sha256Hash>, IComparable<Sha256Hash>
{
    /// <summary>Bytes of a digest.</summary>
    public const int Size = 32;

    private byte first;

    public Sha256Hash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"a SHA-256 digest has {Size} bytes, not {bytes.Length}", nameof(bytes));
        }

        bytes.CopyTo(MemoryMarshal.CreateSpan(ref first, Size));
    }

    /// <summary>The digest of <paramref name="content"/>.</summary>
    public static Sha256Hash Of(ReadOnlySpan<byte> content)
    {
        var hash = default(Sha256Hash);
        SHA256.HashData(content, MemoryMarshal.CreateSpan(ref hash.first, Size));
        return hash;
    }

    public static bool TryParse([NotNullWhen(true)] string? hex, out Sha256Hash hash)
    {
        hash = default;
        return hex is { Length: Size * 2 }
            && Convert.FromHexString(hex, MemoryMarshal.CreateSpan(ref hash.first, Size), out _, out var written)
                == System.Buffers.OperationStatus.Done
            && written == Size;
    }

    public static Sha256Hash Parse(string hex) =>
        TryParse(hex, out var hash) ? hash : throw new FormatException($"'{hex}' is not a SHA-256 digest in hex");

    /// <summary>The 32 bytes.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AsRef(in first), Size);

    public readonly byte[] ToArray() => Bytes.ToArray();

    public readonly bool Equals(Sha256Hash other) => Bytes.SequenceEqual(other.Bytes);

    public readonly int CompareTo(Sha256Hash other) => Bytes.SequenceCompareTo(other.Bytes);

    public override readonly bool Equals(object? obj) => obj is Sha256Hash other && Equals(other);

    /// <summary>The digest's own first bytes: they are as random as any hash of them.</summary>
    public override readonly int GetHashCode() => MemoryMarshal.Read<int>(Bytes);

    public override readonly string ToString() => Convert.ToHexStringLower(Bytes);

    public static bool operator ==(Sha256Hash left, Sha256Hash right) => left.Equals(right);

    public static bool operator !=(Sha256Hash left, Sha256Hash right) => !left.Equals(right);
}
