using System.Runtime.InteropServices;

namespace Braid.Fuse.Wire;

// The bodies of requests, field for field as in the kernel's include/uapi/linux/fuse.h.

[StructLayout(LayoutKind.Sequential)]
internal struct ForgetIn
{
    public ulong Lookups;
}

[StructLayout(LayoutKind.Sequential)]
internal struct BatchForgetIn
{
    public uint Count;
    public uint Padding;
}

[StructLayout(LayoutKind.Sequential)]
internal struct ForgetOne
{
    public ulong Node;
    public ulong Lookups;
}

[StructLayout(LayoutKind.Sequential)]
internal struct SetAttributesIn
{
    public SetFields Valid;
    public uint Padding;
    public ulong Handle;
    public ulong Size;
    public ulong LockOwner;
    public long AccessedSeconds;
    public long ModifiedSeconds;
    public long ChangedSeconds;
    public uint AccessedNanoseconds;
    public uint ModifiedNanoseconds;
    public uint ChangedNanoseconds;
    public uint Mode;
    public uint Unused4;
    public uint User;
    public uint Group;
    public uint Unused5;
}

[Flags]
internal enum SetFields : uint
{
    None = 0,
    Mode = 1 << 0,
    User = 1 << 1,
    Group = 1 << 2,
    Size = 1 << 3,
    Accessed = 1 << 4,
    Modified = 1 << 5,
    Handle = 1 << 6,
    AccessedNow = 1 << 7,
    ModifiedNow = 1 << 8,
}

[StructLayout(LayoutKind.Sequential)]
internal struct MakeDirectoryIn
{
    public uint Mode;
    public uint Mask;
}

[StructLayout(LayoutKind.Sequential)]
internal struct RenameIn
{
    public ulong NewParent;
}

[StructLayout(LayoutKind.Sequential)]
internal struct Rename2In
{
    public ulong NewParent;
    public uint Flags;
    public uint Padding;
}

[StructLayout(LayoutKind.Sequential)]
internal struct OpenIn
{
    public uint Flags;
    public uint OpenFlags;
}

[StructLayout(LayoutKind.Sequential)]
internal struct CreateIn
{
    public uint Flags;
    public uint Mode;
    public uint Mask;
    public uint OpenFlags;
}

/// <summary>Read, readdir and readdirplus.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ReadIn
{
    public ulong Handle;
    public ulong Offset;
    public uint Size;
    public uint ReadFlags;
    public ulong LockOwner;
    public uint Flags;
    public uint Padding;
}

[StructLayout(LayoutKind.Sequential)]
internal struct WriteIn
{
    public ulong Handle;
    public ulong Offset;
    public uint Size;
    public uint WriteFlags;
    public ulong LockOwner;
    public uint Flags;
    public uint Padding;
}

/// <summary>Release, releasedir, flush and fsync begin with the handle; what follows is not used.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct HandleIn
{
    public ulong Handle;
}

/// <summary>getxattr and listxattr.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GetExtendedIn
{
    public uint Size;
    public uint Padding;
}

[StructLayout(LayoutKind.Sequential)]
internal struct InterruptIn
{
    public ulong Unique;
}
