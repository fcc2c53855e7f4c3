using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Braid.Fuse.Device;

/// <summary>A mounted file system, as the kernel's table shows it.</summary>
/// <param name="Directory">Where.</param>
/// <param name="Type">For example <c>fuse.braid</c>.</param>
/// <param name="Source">What it was mounted from.</param>
/// <param name="User">Whose it is, for file systems of this kind.</param>
public sealed record MountedFileSystem(string Directory, string Type, string Source, uint? User);

/// <summary>What is mounted on this machine, and how to unmount it.</summary>
public static class MountTable
{
    private const int noPermission = 1;
    private const int busy = 16;

    /// <summary>This process's user.</summary>
    public static uint CurrentUser => NativeMethods.EffectiveUser();

    /// <summary>This process's group.</summary>
    public static uint CurrentGroup => NativeMethods.EffectiveGroup();

    /// <summary>Every mounted file system, in the order in which they were mounted.</summary>
    public static IReadOnlyList<MountedFileSystem> Read() => Parse(File.ReadLines("/proc/self/mounts"));

    /// <summary>Reads lines of fstab's form; signs that would break a line are written in octal.</summary>
    public static IReadOnlyList<MountedFileSystem> Parse(IEnumerable<string> lines) =>
        [
            .. lines
                .Select(line => line.Split(' '))
                .Where(fields => fields.Length >= 4)
                .Select(fields => new MountedFileSystem(
                    Unescape(fields[1]),
                    fields[2],
                    Unescape(fields[0]),
                    UserOf(fields[3])
                )),
        ];

    /// <summary>Unmounts: as root by the system call, otherwise through fusermount3.</summary>
    /// <param name="detach">Hides it at once, and ends it when nobody uses it any more.</param>
    /// <exception cref="FuseMountException">It cannot be unmounted; the message says why and what to do.</exception>
    public static void Unmount(string directory, bool detach)
    {
        if (NativeMethods.EffectiveUser() != 0)
        {
            Fusermount.Unmount(directory, detach);
            return;
        }

        if (NativeMethods.Unmount(directory, detach ? NativeMethods.Detach : 0) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new FuseMountException(
                $"cannot unmount {directory}: "
                    + error switch
                    {
                        busy => "Device or resource busy",
                        noPermission => "it was not allowed (in a container, add --cap-add SYS_ADMIN)",
                        _ => Marshal.GetPInvokeErrorMessage(error),
                    }
            );
        }
    }

    private static uint? UserOf(string options)
    {
        const string name = "user_id=";
        var option = options.Split(',').FirstOrDefault(option => option.StartsWith(name, StringComparison.Ordinal));
        return uint.TryParse(option?[name.Length..], CultureInfo.InvariantCulture, out var user) ? user : null;
    }

    private static string Unescape(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal))
        {
            return field;
        }

        var bytes = new List<byte>();
        var from = Encoding.UTF8.GetBytes(field);
        for (var at = 0; at < from.Length; at++)
        {
            if (from[at] == '\\' && at + 3 < from.Length)
            {
                bytes.Add((byte)((from[at + 1] - '0') * 64 + (from[at + 2] - '0') * 8 + (from[at + 3] - '0')));
                at += 3;
            }
            else
            {
                bytes.Add(from[at]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
