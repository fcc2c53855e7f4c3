using System.Runtime.InteropServices;
using Braid.Compute.Files;
using Microsoft.Win32.SafeHandles;

namespace Braid.Pipelines.Workers;

/// <summary>What the base library cannot do with files.</summary>
internal static partial class NativeFiles
{
    private const int readOnly = 0;
    private const int writeOnly = 1;
    private const int readWrite = 2;
    private const int nonBlocking = 0x800;
    private const int noFollow = 0x20000;
    private const int closeOnExec = 0x80000;

    /// <summary>
    /// Makes a file where there is none, to write to. One that is made in place of another would be emptied first, also when it is
    /// new, and an emptied file is brought to the disk as soon as it is closed; a lock of its own it needs neither.
    /// </summary>
    public static SafeFileHandle Create(string path) =>
        File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);

    /// <summary>False when there is nothing to link to, or the file system links no files.</summary>
    public static bool TryHardLink(string from, string to) => Link(from, to) == 0;

    /// <summary>
    /// Opens a regular file that user code made; null when it is anything else. A pipe would block an ordinary open for ever,
    /// and a link would lead out of the sandbox.
    /// </summary>
    public static FileStream? OpenRegular(string path)
    {
        var descriptor = Open(path, readOnly | nonBlocking | noFollow | closeOnExec);
        return descriptor < 0 ? null : RegularFile.Of(descriptor);
    }

    /// <summary>Moves what is in a folder into another one of the same file system.</summary>
    /// <returns>False when something is left whose name is no text.</returns>
    public static bool MoveChildren(string from, string to)
    {
        var isAll = true;
        foreach (var (name, _, _) in FolderEntry.Of(from))
        {
            if (name.Contains(FolderEntry.NoText, StringComparison.Ordinal))
            {
                isAll = false;
            }
            else
            {
                Move(Path.Combine(from, name), Path.Combine(to, name));
            }
        }

        return isAll;
    }

    /// <summary>Moves a file, link or folder within a file system.</summary>
    public static void Move(string from, string to)
    {
        if (Rename(from, to) == 0)
        {
            return;
        }

        // A folder can be moved only by who may write to it, a right that user code may have taken from it.
        if (new DirectoryInfo(from) is { Exists: true, LinkTarget: null })
        {
            Scratch.Allow(from);
        }

        if (Rename(from, to) != 0)
        {
            throw new IOException($"cannot move {from} to {to}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>Makes a named pipe.</summary>
    public static void MakePipe(string path)
    {
        if (MakePipe(path, 0x1A4) != 0)
        {
            throw new IOException($"cannot make the pipe {path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>Opens a pipe for reading and writing, which waits for nobody.</summary>
    public static SafeFileHandle OpenBothEnds(string path) =>
        new(Checked(Open(path, readWrite | nonBlocking | closeOnExec), path), ownsHandle: true);

    /// <summary>Opens the same pipe, wherever it has been moved, for writing. What is written waits for a reader.</summary>
    public static FileStream OpenWritingEnd(SafeFileHandle pipe)
    {
        var path = $"/proc/self/fd/{pipe.DangerousGetHandle()}";
        var handle = new SafeFileHandle(Checked(Open(path, writeOnly | closeOnExec), path), ownsHandle: true);
        return new(handle, FileAccess.Write, bufferSize: 0);
    }

    private static int Checked(int descriptor, string path) =>
        descriptor >= 0
            ? descriptor
            : throw new IOException($"cannot open {path}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MakePipe(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string from, string to);
}
