using System.Runtime.InteropServices;
using Braid.Primitives;

namespace Braid.Storage.Packs;

/// <summary>A chunk as the index keeps it: its hash, its location, and whether it is condemned, in 48 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct ChunkSlot
{
    public const int Size = 48;

    private const uint used = 1u << 31;
    private const uint condemned = 1u << 30;
    private const int codecAt = 26;

    // A number that no codec has is read from a damaged index only, and stays one.
    private const uint codecMask = 0xF;
    private const uint lengthMask = (1u << codecAt) - 1;

    public Sha256Hash Hash;
    private int pack;
    private uint offset;
    private int stored;
    private uint plainAndFlags;

    public readonly bool IsUsed => (plainAndFlags & used) != 0;

    public bool IsCondemned
    {
        readonly get => (plainAndFlags & condemned) != 0;
        set => plainAndFlags = value ? plainAndFlags | condemned : plainAndFlags & ~condemned;
    }

    public readonly ChunkLocation Location =>
        new(
            pack,
            offset,
            stored,
            (int)(plainAndFlags & lengthMask),
            (ChunkCodec)((plainAndFlags >> codecAt) & codecMask)
        );

    public static ChunkSlot Of(Sha256Hash hash, ChunkLocation location) =>
        new()
        {
            Hash = hash,
            pack = location.Pack,
            offset = location.Offset,
            stored = location.Stored,
            plainAndFlags = used | (((uint)location.Codec & codecMask) << codecAt) | (uint)location.Plain,
        };
}
