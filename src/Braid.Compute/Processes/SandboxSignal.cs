using System.Globalization;
using System.Runtime.InteropServices;

namespace Braid.Compute.Processes;

/// <summary>
/// Sends a signal to the program in a sandbox. Outside stands the sandbox's own process; its child is process 1 of the
/// namespace, and the child of that is the program.
/// </summary>
internal static partial class SandboxSignal
{
    private const long pidfdOpen = 434;
    private const long pidfdSendSignal = 424;

    /// <summary>False when there is no program to send it to: it has ended, or has not begun.</summary>
    /// <param name="sandbox">The process that stands outside.</param>
    public static bool TrySend(int sandbox, int signal)
    {
        if (FindProgram(sandbox) is not { } program)
        {
            return false;
        }

        var handle = (int)SystemCall(pidfdOpen, program, 0, 0, 0);
        if (handle < 0)
        {
            return false;
        }

        try
        {
            // The handle stands for one process; that it is the program is asked again, as its number may have been given anew.
            return FindProgram(sandbox) == program && SystemCall(pidfdSendSignal, handle, signal, 0, 0) == 0;
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static int? FindProgram(int sandbox) => FirstChild(sandbox) is { } init ? FirstChild(init) : null;

    private static int? FirstChild(int process)
    {
        try
        {
            var children = File.ReadAllText($"/proc/{process}/task/{process}/children");
            return int.TryParse(children.Split(' ')[0], CultureInfo.InvariantCulture, out var child) ? child : null;
        }
        catch (IOException)
        {
            // It has ended.
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long SystemCall(long number, long first, long second, long third, long fourth);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
