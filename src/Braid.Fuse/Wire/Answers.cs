using System.Runtime.InteropServices;

namespace Braid.Fuse.Wire;

// The bodies of answers, field for field as in the kernel's include/uapi/linux/fuse.h.

[StructLayout(LayoutKind.Sequential)]
internal struct AttributesWire
{
    public ulong Node;
    public ulong Size;
    public ulong Blocks;
    public long AccessedSeconds;
    public long ModifiedSeconds;
    public long ChangedSeconds;
    public uint AccessedNanoseconds;
    public uint ModifiedNanoseconds;
    public uint ChangedNanoseconds;
    public uint Mode;
    public uint Links;
    public uint User;
    public uint Group;
    public uint Device;
    public uint BlockSize;
    public uint Flags;
}

[StructLayout(LayoutKind.Sequential)]
internal struct AttributesOut
{
    public ulong ValidSeconds;
    public uint ValidNanoseconds;
    public uint Padding;
    public AttributesWire Attributes;
}

[StructLayout(LayoutKind.Sequential)]
internal struct EntryOut
{
    public ulong Node;
    public ulong Generation;
    public ulong EntryValidSeconds;
    public ulong AttributesValidSeconds;
    public uint EntryValidNanoseconds;
    public uint AttributesValidNanoseconds;
    public AttributesWire Attributes;
}

[StructLayout(LayoutKind.Sequential)]
internal struct OpenOut
{
    public ulong Handle;
    public OpenFlags Flags;
    public uint BackingId;
}

[StructLayout(LayoutKind.Sequential)]
internal struct CreateOut
{
    public EntryOut Entry;
    public OpenOut Open;
}

[StructLayout(LayoutKind.Sequential)]
internal struct WriteOut
{
    public uint Size;
    public uint Padding;
}

[StructLayout(LayoutKind.Sequential)]
internal struct GetExtendedOut
{
    public uint Size;
    public uint Padding;
}

[StructLayout(LayoutKind.Sequential, Size = 80)]
internal struct StatisticsOut
{
    public ulong Blocks;
    public ulong FreeBlocks;
    public ulong AvailableBlocks;
    public ulong Files;
    public ulong FreeFiles;
    public uint BlockSize;
    public uint NameLength;
    public uint FragmentSize;
}

/// <summary>Before each name of a directory page; names are padded to eight bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DirectoryEntryOut
{
    public ulong Node;
    public ulong Offset;
    public uint NameLength;
    public uint Type;
}
