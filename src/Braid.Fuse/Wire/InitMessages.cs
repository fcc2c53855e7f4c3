using System.Runtime.InteropServices;

namespace Braid.Fuse.Wire;

/// <summary>The kernel's offer. Kernels before 7.36 send only the first four fields.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InitIn
{
    public uint Major;
    public uint Minor;
    public uint MaxReadAhead;
    public InitFlags Flags;
}

/// <summary>What is taken of the offer.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct InitOut
{
    public uint Major;
    public uint Minor;
    public uint MaxReadAhead;
    public InitFlags Flags;
    public ushort MaxBackground;
    public ushort CongestionThreshold;
    public uint MaxWrite;
    public uint TimeGranularity;
    public ushort MaxPages;
}

/// <summary>What both sides may do beyond the basics.</summary>
[Flags]
internal enum InitFlags : uint
{
    None = 0,
    AsyncRead = 1 << 0,

    /// <summary>Opening with O_TRUNC truncates: no content is copied only to be cut off.</summary>
    AtomicTruncate = 1 << 3,
    BigWrites = 1 << 5,
    ReadDirectoryPlus = 1 << 13,

    /// <summary>The kernel asks for attributes with names only while somebody uses them.</summary>
    ReadDirectoryPlusAuto = 1 << 14,
    AsyncDirectIO = 1 << 15,
    ParallelDirectoryOperations = 1 << 18,

    /// <summary>Requests of more than 128 KiB.</summary>
    MaxPages = 1 << 22,
}
