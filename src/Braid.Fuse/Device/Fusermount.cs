using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Braid.Fuse.Device;

/// <summary>
/// Mounts and unmounts for an ordinary user, through the set-user program that distributions have for it. It mounts, and
/// hands the opened device over through a socket whose number it finds in an environment variable.
/// </summary>
internal static class Fusermount
{
    private const string socketVariable = "_FUSE_COMMFD";
    private const int rights = 1;
    private const int socketLevel = 1;

    private static readonly string[] programs = ["fusermount3", "fusermount"];

    public static SafeFileHandle Mount(string directory, FuseMountOptions options)
    {
        var (ours, theirs) = Sockets();
        using var _ = ours;
        using (theirs)
        {
            using var process = Start(
                ["-o", Words(options), "--", directory],
                theirs.DangerousGetHandle().ToString(System.Globalization.CultureInfo.InvariantCulture)
            );
            // Its end of the socket is its own now: when it ends without sending anything, reading ends, too.
            theirs.Dispose();
            var device = Receive(ours);
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return device ?? throw new FuseMountException($"cannot mount on {directory}: {Reason(said)}");
        }
    }

    /// <exception cref="FuseMountException">It is in use, not mounted, or another user's.</exception>
    public static void Unmount(string directory, bool detach)
    {
        using var process = Start(detach ? ["-u", "-z", "--", directory] : ["-u", "--", directory], null);
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new FuseMountException($"cannot unmount {directory}: {Reason(said)}");
        }
    }

    private static string Words(FuseMountOptions options) =>
        string.Join(
            ',',
            [
                options.ReadOnly ? "ro" : "rw",
                "nosuid",
                "nodev",
                "default_permissions",
                .. options.AllowOther ? ["allow_other"] : Array.Empty<string>(),
                $"subtype={options.Type}",
                $"fsname={options.Source.Replace("\\", @"\\").Replace(",", @"\,")}",
            ]
        );

    private static Process Start(string[] words, string? socket)
    {
        foreach (var program in programs)
        {
            var start = new ProcessStartInfo(program, words) { RedirectStandardError = true, UseShellExecute = false };
            start.Environment[socketVariable] = socket;
            try
            {
                return Process.Start(start) ?? throw new FuseMountException($"cannot start {program}");
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // The next name; the message below says that there was none.
            }
        }

        throw new FuseMountException(
            "only root may mount without fusermount3, which is not installed: apt-get install fuse3, or call as root"
        );
    }

    private static string Reason(string said)
    {
        var text = said.Trim();
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        return text.Length == 0 ? "fusermount3 ended without a word" : text[(colon + 2)..];
    }

    private static unsafe (SafeFileHandle Ours, SafeFileHandle Theirs) Sockets()
    {
        var pair = stackalloc int[2];
        // Without close-on-exec, because the program must inherit one of the two.
        return NativeMethods.SocketPair(NativeMethods.UnixSocket, NativeMethods.StreamSocket, 0, pair) == 0
            ? (new(pair[0], ownsHandle: true), new(pair[1], ownsHandle: true))
            : throw new FuseMountException($"cannot make a socket: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Null when the program ended without sending the device.</summary>
    private static unsafe SafeFileHandle? Receive(SafeFileHandle socket)
    {
        byte one;
        var vector = new NativeMethods.Vector { Start = &one, Length = 1 };
        var control = default(NativeMethods.DescriptorMessage);
        var message = new NativeMethods.MessageHeader
        {
            Vectors = &vector,
            VectorCount = 1,
            Control = &control,
            ControlLength = (nuint)sizeof(NativeMethods.DescriptorMessage),
        };
        var length = NativeMethods.ReceiveMessage(socket, &message, 0);
        return length > 0 && control is { Level: socketLevel, Type: rights }
            ? new(control.Descriptor, ownsHandle: true)
            : null;
    }
}
