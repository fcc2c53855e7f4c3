namespace Braid.Fuse.Wire;

/// <summary>The requests of the kernel's protocol that are answered; every other one is answered with "not implemented".</summary>
internal enum OpCode : uint
{
    LookUp = 1,
    Forget = 2,
    GetAttributes = 3,
    SetAttributes = 4,
    MakeDirectory = 9,
    Unlink = 10,
    RemoveDirectory = 11,
    Rename = 12,
    Open = 14,
    Read = 15,
    Write = 16,
    Statistics = 17,
    Release = 18,
    Sync = 20,
    GetExtended = 22,
    ListExtended = 23,
    Flush = 25,
    Init = 26,
    OpenDirectory = 27,
    ReadDirectory = 28,
    ReleaseDirectory = 29,
    Create = 35,
    Interrupt = 36,
    Destroy = 38,
    BatchForget = 42,
    ReadDirectoryPlus = 44,
    Rename2 = 45,
}
