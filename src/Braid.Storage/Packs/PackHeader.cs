using System.Buffers.Binary;

namespace Braid.Storage.Packs;

/// <summary>The first bytes of every pack (docs/formats/pack.md).</summary>
internal static class PackHeader
{
    public const int Length = 36;

    private const int crcAt = Length - sizeof(uint);

    private static ReadOnlySpan<byte> Magic => "BRAIDPK\x01"u8;

    public static void Write(Span<byte> to, PackId id, DateTimeOffset created)
    {
        Magic.CopyTo(to);
        BinaryPrimitives.WriteUInt128BigEndian(to[8..], id.Value.Value);
        BinaryPrimitives.WriteInt64LittleEndian(to[24..], created.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt32LittleEndian(to[crcAt..], Crc32C.Of(to[..crcAt]));
    }

    public static bool IsAt(ReadOnlySpan<byte> pack) =>
        pack.Length >= Length
        && pack.StartsWith(Magic)
        && BinaryPrimitives.ReadUInt32LittleEndian(pack[crcAt..]) == Crc32C.Of(pack[..crcAt]);
}
