using System.Runtime.InteropServices;

namespace Braid.Storage.Blobs;

/// <summary>Makes the names in a directory durable; the base library syncs files only.</summary>
public static partial class DirectorySync
{
    private const int readOnly = 0;

    /// <summary>Returns when the names in the directory are durable.</summary>
    /// <exception cref="IOException">The directory cannot be opened, or the disk failed.</exception>
    public static void Sync(string directory)
    {
        var descriptor = Open(directory, readOnly);
        if (descriptor < 0)
        {
            throw Failure("open", directory);
        }

        try
        {
            if (FSync(descriptor) != 0)
            {
                throw Failure("sync", directory);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failure(string what, string directory) =>
        new(
            $"cannot {what} the directory '{directory}': {Marshal.GetLastPInvokeErrorMessage()}",
            Marshal.GetLastPInvokeError()
        );

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
