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

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string from, string to);
}
