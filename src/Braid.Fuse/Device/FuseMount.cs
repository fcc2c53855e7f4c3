using System.Runtime.InteropServices;
using Braid.Fuse.Sessions;
using Microsoft.Win32.SafeHandles;

namespace Braid.Fuse.Device;

/// <summary>How a file system is mounted.</summary>
public sealed record FuseMountOptions
{
    /// <summary>What the mount table shows as its source.</summary>
    public required string Source { get; init; }

    /// <summary>What follows <c>fuse.</c> in the mount table's type.</summary>
    public required string Type { get; init; }

    /// <summary>The kernel refuses every change before it asks.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Other users may use it, too; for an ordinary user /etc/fuse.conf must allow that.</summary>
    public bool AllowOther { get; init; }
}

/// <summary>A file system that this process has mounted and must serve.</summary>
public sealed class FuseMount : IDisposable
{
    private readonly DeviceChannel channel;

    private FuseMount(string directory, SafeFileHandle device)
    {
        Directory = directory;
        channel = new(device);
    }

    /// <summary>Where, as an absolute path.</summary>
    public string Directory { get; }

    /// <summary>What the session reads from and writes to.</summary>
    public IFuseChannel Channel => channel;

    /// <summary>Mounts: as root by the system call, otherwise through fusermount3.</summary>
    /// <exception cref="FuseMountException">It cannot be mounted; the message says why and what to do.</exception>
    public static FuseMount Mount(string directory, FuseMountOptions options)
    {
        var path = Path.GetFullPath(directory);
        if (NativeMethods.EffectiveUser() != 0)
        {
            return new(path, Fusermount.Mount(path, options));
        }

        var device = NativeMethods.Open("/dev/fuse", NativeMethods.ReadWrite | NativeMethods.CloseOnExec);
        if (device.IsInvalid)
        {
            throw new FuseMountException(
                $"cannot open /dev/fuse: {Marshal.GetLastPInvokeErrorMessage()}. "
                    + "Load the kernel's module (modprobe fuse), or in a container add --device /dev/fuse --cap-add SYS_ADMIN"
            );
        }

        if (
            NativeMethods.Mount(options.Source, path, $"fuse.{options.Type}", Flags(options), Data(device, options))
            == 0
        )
        {
            return new(path, device);
        }

        var reason = Marshal.GetLastPInvokeErrorMessage();
        device.Dispose();
        throw new FuseMountException($"cannot mount on {path}: {reason}");
    }

    /// <inheritdoc/>
    public void Dispose() => channel.Dispose();

    private static nuint Flags(FuseMountOptions options) =>
        (nuint)(
            NativeMethods.MountNoSetUser
            | NativeMethods.MountNoDevices
            | (options.ReadOnly ? NativeMethods.MountReadOnly : 0)
        );

    /// <summary>The kernel checks permissions itself; a directory is the root.</summary>
    private static string Data(SafeFileHandle device, FuseMountOptions options) =>
        $"fd={device.DangerousGetHandle()},rootmode=40000,user_id={NativeMethods.EffectiveUser()}"
        + $",group_id={NativeMethods.EffectiveGroup()},default_permissions"
        + (options.AllowOther ? ",allow_other" : "");
}

/// <summary>A file system could not be mounted or unmounted. The message says why and what to do.</summary>
public sealed class FuseMountException(string message) : Exception(message);
