using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Braid.Cli.Mounting.Processes;

/// <summary>What a process does to leave its terminal.</summary>
internal static partial class NativeMethods
{
    public const int StandardOutput = 1;
    public const int StandardError = 2;

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    public static partial int NewSession();

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static partial int Duplicate(SafeFileHandle from, int to);
}
