using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Braid.Compute.Files;

/// <summary>
/// A folder that user code writes to while it is read: no part of a path below it may be a link, also none that was put there since the path
/// was found. The kernel (5.6 or later) sees to that; with an older one there is nothing to open.
/// </summary>
public static partial class FolderRoot
{
    private const long openAt2 = 437; // the same on every architecture
    private const int pathOnly = 0x200000;
    private const int directory = 0x10000;
    private const int closeOnExec = 0x80000;
    private const int nonBlocking = 0x800;
    private const ulong noLinks = 0x04;
    private const ulong beneath = 0x08;

    /// <summary>A regular file below a folder; null when it is anything else, or reached by a link.</summary>
    public static FileStream? OpenRegular(string folder, string path)
    {
        var root = Open(folder, pathOnly | directory | closeOnExec);
        if (root < 0)
        {
            return null;
        }

        using var closing = new SafeFileHandle(root, ownsHandle: true);
        var how = new OpenHow { Flags = nonBlocking | closeOnExec, Resolve = noLinks | beneath };
        var file = OpenAt2(openAt2, root, path, in how, (nuint)Marshal.SizeOf<OpenHow>());
        return file < 0 ? null : RegularFile.Of((int)file);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "syscall", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial long OpenAt2(long call, int folder, string path, in OpenHow how, nuint size);

    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }
}
