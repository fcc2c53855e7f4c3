using System.Runtime.InteropServices;
using Braid.Fuse.Sessions;
using Microsoft.Win32.SafeHandles;

namespace Braid.Fuse.Device;

/// <summary>The kernel's side of one mounted file system: /dev/fuse.</summary>
internal sealed class DeviceChannel(SafeFileHandle device) : IFuseChannel, IDisposable
{
    private const int noEntry = 2;
    private const int interrupted = 4;
    private const int again = 11;
    private const int noDevice = 19;
    private const int aborted = 103;

    public unsafe int Read(Span<byte> into)
    {
        fixed (byte* start = into)
        {
            while (true)
            {
                var length = NativeMethods.Read(device, start, into.Length);
                if (length > 0)
                {
                    return (int)length;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    // The request was taken back before it was read, or a signal came: wait for the next.
                    case noEntry or interrupted or again when length < 0:
                        break;
                    case noDevice or aborted:
                        return 0;
                    case var error:
                        throw new IOException($"cannot read from /dev/fuse: {Marshal.GetPInvokeErrorMessage(error)}");
                }
            }
        }
    }

    public unsafe void Write(ReadOnlySpan<byte> answer)
    {
        fixed (byte* start = answer)
        {
            while (NativeMethods.Write(device, start, answer.Length) < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                // The request was interrupted and forgotten, or nobody is mounted any more: nobody waits for the answer.
                if (error is noEntry or noDevice or aborted)
                {
                    return;
                }

                if (error is not (interrupted or again))
                {
                    throw new IOException($"cannot answer on /dev/fuse: {Marshal.GetPInvokeErrorMessage(error)}");
                }
            }
        }
    }

    public void Dispose() => device.Dispose();
}
