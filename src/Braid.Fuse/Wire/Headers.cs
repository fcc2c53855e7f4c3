using System.Runtime.InteropServices;

namespace Braid.Fuse.Wire;

/// <summary>What every request begins with.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InHeader
{
    public uint Length;
    public OpCode OpCode;
    public ulong Unique;
    public ulong Node;
    public uint User;
    public uint Group;
    public uint Process;
    public ushort ExtensionLength;
    public ushort Padding;
}

/// <summary>What every answer begins with; the error is zero or a negative errno.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OutHeader
{
    public const int Size = 16;

    public uint Length;
    public int Error;
    public ulong Unique;
}
