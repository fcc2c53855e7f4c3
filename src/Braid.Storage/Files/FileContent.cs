using Braid.Primitives;

namespace Braid.Storage.Files;

/// <summary>
/// A file's bytes, by reference: about 40 bytes for a file of any size. Two files are equal exactly when hash and size are:
/// both depend on the bytes alone, however the file came to be (written, appended to, joined).
/// </summary>
/// <param name="Hash">
/// Of a file of one chunk (every file up to 64 KiB, most up to 256 KiB): SHA-256 of its bytes, as <c>sha256sum</c> says. Of a
/// larger file: SHA-256 of its list of chunks (docs/formats/file-content.md).
/// </param>
/// <param name="Size">Bytes.</param>
/// <param name="Depth">0: the hash is that of the only chunk; n: that of a chunk list n levels above the chunks.</param>
public sealed record FileContent(Sha256Hash Hash, long Size, int Depth)
{
    private const byte version = 1;
    private const int fixedLength = 2 + Sha256Hash.Size;

    /// <summary>No bytes; nothing is stored for it.</summary>
    public static FileContent Empty { get; } = new(Sha256Hash.Of([]), 0, 0);

    /// <summary>The form for a database column (35 to 43 bytes, docs/formats/file-content.md).</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[fixedLength + Varint.LengthOf((ulong)Size)];
        bytes[0] = version;
        bytes[1] = (byte)Depth;
        Hash.Bytes.CopyTo(bytes.AsSpan(2));
        Varint.Write(bytes.AsSpan(fixedLength), (ulong)Size);
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="CorruptionException">It is something else.</exception>
    public static FileContent FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (
            bytes.Length <= fixedLength
            || bytes[0] != version
            || !Varint.TryRead(bytes[fixedLength..], out var size, out var length)
            || length != bytes.Length - fixedLength
            || size > long.MaxValue
        )
        {
            throw new CorruptionException($"{bytes.Length} bytes that should reference a file's content do not");
        }

        return new(new Sha256Hash(bytes.Slice(2, Sha256Hash.Size)), (long)size, bytes[1]);
    }
}
