using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Transfers;

/// <summary>What is at a path, after following links.</summary>
internal enum FileKind
{
    Regular,
    Directory,

    /// <summary>A pipe, a socket or a device: it may have bytes, but no size.</summary>
    Special,
}

/// <summary>
/// Kind, size and time of what is at a path. One system call; the base library takes two, and does not tell a pipe, whose
/// opening waits for a writer, from a file.
/// </summary>
internal readonly partial record struct FileStatus(FileKind Kind, long Size, long Modified)
{
    // struct statx is the same on every architecture.
    private const int statxBytes = 256;
    private const int modeAt = 28;
    private const int sizeAt = 40;
    private const int modifiedAt = 112;
    private const int currentFolder = -100;
    private const uint typeSizeAndModified = 0x1 | 0x200 | 0x40;
    private const int noSuchFile = 2;
    private const int notADirectory = 20;
    private const int kindMask = 0xF000;
    private const int regular = 0x8000;
    private const int directory = 0x4000;
    private const long nanosecondsPerSecond = 1_000_000_000;

    /// <summary>Null when nothing is there.</summary>
    /// <exception cref="Failure">It cannot be looked at.</exception>
    public static FileStatus? Of(string path)
    {
        Span<byte> status = stackalloc byte[statxBytes];
        if (Statx(currentFolder, path, 0, typeSizeAndModified, ref MemoryMarshal.GetReference(status)) != 0)
        {
            return Marshal.GetLastPInvokeError() is noSuchFile or notADirectory
                ? null
                : throw new Failure($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        var mode = BinaryPrimitives.ReadUInt16LittleEndian(status[modeAt..]);
        var type = (mode & kindMask) switch
        {
            regular => FileKind.Regular,
            directory => FileKind.Directory,
            _ => FileKind.Special,
        };
        var seconds = BinaryPrimitives.ReadInt64LittleEndian(status[modifiedAt..]);
        var nanoseconds = BinaryPrimitives.ReadUInt32LittleEndian(status[(modifiedAt + sizeof(long))..]);
        return new(
            type,
            BinaryPrimitives.ReadInt64LittleEndian(status[sizeAt..]),
            seconds * nanosecondsPerSecond + nanoseconds
        );
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte status);
}
