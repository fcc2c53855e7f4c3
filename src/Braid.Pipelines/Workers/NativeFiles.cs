using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Braid.Pipelines.Workers;

/// <summary>What the base library cannot do with files.</summary>
internal static partial class NativeFiles
{
    private const int readOnly = 0;
    private const int nonBlocking = 0x800;
    private const int noFollow = 0x20000;
    private const int closeOnExec = 0x80000;

    /// <summary>False when there is nothing to link to, or the file system links no files.</summary>
    public static bool TryHardLink(string from, string to) => Link(from, to) == 0;

    /// <summary>
    /// Opens a regular file that user code made; null when it is anything else. A pipe would block an ordinary open for ever,
    /// and a link would lead out of the sandbox.
    /// </summary>
    public static FileStream? OpenRegular(string path)
    {
        var descriptor = Open(path, readOnly | nonBlocking | noFollow | closeOnExec);
        if (descriptor < 0)
        {
            return null;
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            if (stream.CanSeek)
            {
                return stream;
            }

            stream.Dispose();
        }
        catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
        {
            handle.Dispose();
        }

        return null;
    }

    /// <summary>Moves what is in a folder into another one of the same file system, except for one name.</summary>
    public static void MoveChildren(string from, string to, string? except)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(from))
        {
            var name = Path.GetFileName(path);
            if (name != except)
            {
                Move(path, Path.Combine(to, name));
            }
        }
    }

    private static void Move(string from, string to)
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

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string from, string to);
}
