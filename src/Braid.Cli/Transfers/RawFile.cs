using System.Runtime.InteropServices;

namespace Braid.Cli.Transfers;

/// <summary>
/// Small files with the fewest system calls: the base library's take twice as many (locks, sizes, positions), and of two
/// hundred thousand files the calls are the cost.
/// </summary>
internal static partial class RawFile
{
    private const int interrupted = 4;
    private const int exists = 17;
    private const int readOnly = 0;
    private const int closeOnExec = 0x80000;
    private const int newForWriting = 0x1 | 0x40 | 0x80; // write only, create, exclusive
    private const int mode = 0b110_110_110; // less what the umask takes

    /// <summary>Reads a file's first bytes; fewer than asked for when there are fewer.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static int Read(string path, Span<byte> into)
    {
        var file = Open(path, readOnly | closeOnExec, 0);
        if (file < 0)
        {
            throw Failed(path);
        }

        try
        {
            var length = 0;
            while (length < into.Length)
            {
                var got = Read(file, ref MemoryMarshal.GetReference(into[length..]), into.Length - length);
                if (got == 0)
                {
                    break;
                }

                length +=
                    got > 0 ? (int)got
                    : Marshal.GetLastPInvokeError() == interrupted ? 0
                    : throw Failed(path);
            }

            return length;
        }
        finally
        {
            _ = Close(file);
        }
    }

    /// <summary>Writes a file that is not there yet; false when there is something.</summary>
    /// <exception cref="IOException">It cannot be written; nothing of it is left.</exception>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        var file = Open(path, newForWriting | closeOnExec, mode);
        if (file < 0)
        {
            return Marshal.GetLastPInvokeError() == exists ? false : throw Failed(path);
        }

        var isWritten = false;
        try
        {
            while (!content.IsEmpty)
            {
                var put = Write(file, in MemoryMarshal.GetReference(content), content.Length);
                content =
                    put >= 0 ? content[(int)put..]
                    : Marshal.GetLastPInvokeError() == interrupted ? content
                    : throw Failed(path);
            }

            isWritten = true;
            return true;
        }
        finally
        {
            _ = Close(file);
            if (!isWritten)
            {
                File.Delete(path);
            }
        }
    }

    private static IOException Failed(string path) => new($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");

    // The C library's open takes its mode as a variable argument; on the machines that Braid runs on a fixed one arrives alike.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int file, ref byte into, nint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int file, ref readonly byte from, nint length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int file);
}
