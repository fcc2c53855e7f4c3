using Microsoft.Win32.SafeHandles;

namespace Braid.Compute.Files;

/// <summary>Files that user code made: what is none, such as a pipe, is not read.</summary>
public static class RegularFile
{
    /// <summary>A regular file that was opened; null, and closed, when it is anything else.</summary>
    public static FileStream? Of(int descriptor)
    {
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
}
