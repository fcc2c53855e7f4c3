using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Braid.Client.Spooling;

/// <summary>
/// Whose a folder or a file is, and who else may write to it. A spool names files that are sent with the user's credentials: one that
/// somebody else laid into a folder that all users share must be neither read nor written to.
/// </summary>
internal readonly partial record struct FolderAccess(uint Owner, UnixFileMode Mode)
{
    private const uint superuser = 0;
    private const UnixFileMode othersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    // struct statx is the same on every architecture.
    private const int statxBytes = 256;
    private const int ownerAt = 20;
    private const int modeAt = 28;
    private const int currentFolder = -100;
    private const int noFollow = 0x100;
    private const uint modeAndOwner = 0x2 | 0x8;
    private const int modeMask = 0xFFF;

    /// <summary>The user whose rights this process has.</summary>
    public static uint Me { get; } = OperatingSystem.IsLinux() ? EffectiveUser() : superuser;

    /// <summary>Whether what is at a path belongs to a user, and is no link that somebody else could turn elsewhere.</summary>
    public static bool IsOf(uint user, string path) =>
        Both(path).All(access => access is null || access.Value.Owner == user);

    /// <summary>
    /// Whether a user's runs may be kept below a folder: it is the user's, or the system's with only its own users' entries in it
    /// (the sticky bit of <c>/tmp</c>).
    /// </summary>
    public static bool MayHoldSpoolsOf(uint user, string folder) =>
        Both(folder).All(access => access is null || access.Value.MayHoldSpoolsOf(user));

    /// <summary>The same of what is known of a folder.</summary>
    public bool MayHoldSpoolsOf(uint user) =>
        Owner == user
        || (Owner == superuser && ((Mode & othersWrite) == UnixFileMode.None || Mode.HasFlag(UnixFileMode.StickyBit)));

    /// <summary>Of the link, if it is one, and of what it leads to; null where nothing is known: nothing there, or another system than Linux.</summary>
    private static IEnumerable<FolderAccess?> Both(string path) => [Of(path, noFollow), Of(path, 0)];

    private static FolderAccess? Of(string path, int flags)
    {
        Span<byte> status = stackalloc byte[statxBytes];
        if (
            !OperatingSystem.IsLinux()
            || Statx(currentFolder, path, flags, modeAndOwner, ref MemoryMarshal.GetReference(status)) != 0
        )
        {
            return null;
        }

        var mode = BinaryPrimitives.ReadUInt16LittleEndian(status[modeAt..]);
        return new(BinaryPrimitives.ReadUInt32LittleEndian(status[ownerAt..]), (UnixFileMode)(mode & modeMask));
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
