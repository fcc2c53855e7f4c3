using System.Buffers.Binary;
using Braid.Primitives;
using Braid.Storage.Packs;

namespace Braid.Storage.Sweeping;

/// <summary>
/// What one server of a shared store tells the others it is about to free (docs/formats/condemned.md): an object
/// <c>condemned/ID</c>.
/// </summary>
/// <param name="Hashes">In ascending order.</param>
internal sealed record CondemnedRecord(
    Hex32 Id,
    DateTimeOffset Published,
    DateTimeOffset FreeAfter,
    IReadOnlyList<Sha256Hash> Hashes
)
{
    public const string Prefix = "condemned/";

    private const int headerLength = 48;

    private static ReadOnlySpan<byte> Magic => "BRAIDSW\x01"u8;

    public string BlobName => Prefix + Id;

    /// <summary>False when the object is no such record.</summary>
    public static bool TryParseName(string blobName, out Hex32 id)
    {
        id = default;
        return blobName.StartsWith(Prefix, StringComparison.Ordinal)
            && Hex32.TryParse(blobName[Prefix.Length..], out id);
    }

    public byte[] Encode()
    {
        var bytes = new byte[headerLength + (Hashes.Count * Sha256Hash.Size) + sizeof(uint)];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(8), Id.Value);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), Published.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), FreeAfter.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(40), Hashes.Count);
        for (var i = 0; i < Hashes.Count; i++)
        {
            Hashes[i].Bytes.CopyTo(bytes.AsSpan(headerLength + (i * Sha256Hash.Size)));
        }

        BinaryPrimitives.WriteUInt32LittleEndian(
            bytes.AsSpan(bytes.Length - sizeof(uint)),
            Crc32C.Of(bytes.AsSpan(..^sizeof(uint)))
        );
        return bytes;
    }

    /// <exception cref="CorruptionException">The bytes are no such record.</exception>
    public static CondemnedRecord Decode(ReadOnlySpan<byte> bytes)
    {
        if (
            bytes.Length < headerLength + sizeof(uint)
            || !bytes.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[^sizeof(uint)..]) != Crc32C.Of(bytes[..^sizeof(uint)])
            || BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]) * Sha256Hash.Size
                != bytes.Length - headerLength - sizeof(uint)
        )
        {
            throw new CorruptionException($"{bytes.Length} bytes that should list condemned chunks do not");
        }

        var hashes = new Sha256Hash[(bytes.Length - headerLength) / Sha256Hash.Size];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = new(bytes.Slice(headerLength + (i * Sha256Hash.Size), Sha256Hash.Size));
        }

        return new(
            new(BinaryPrimitives.ReadUInt128BigEndian(bytes[8..])),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(bytes[24..])),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(bytes[32..])),
            hashes
        );
    }
}
