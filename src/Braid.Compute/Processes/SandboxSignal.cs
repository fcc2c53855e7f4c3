using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Braid.Compute.Processes;

/// <summary>
/// Sends a signal to the program in a sandbox. Outside stands the sandbox's own process; its child is process 1 of the
/// namespace, and the child of that is the program.
/// </summary>
internal static partial class SandboxSignal
{
    private const int kill = 9;
    private const int stop = 19;
    private static readonly TimeSpan longestStop = TimeSpan.FromSeconds(1);
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

    /// <summary>
    /// Kills the sandbox, at whatever point of its making. Its process 1 asks the kernel to die with the process outside only some time
    /// after it began, so that one is stopped first, and then has the children that it will ever have.
    /// </summary>
    /// <param name="sandbox">The process that stands outside.</param>
    public static void Kill(Process sandbox)
    {
        var id = sandbox.Id;
        if (Send(id, stop) == 0)
        {
            SpinWait.SpinUntil(() => HasStopped(id), longestStop);
        }

        var init = FirstChild(id);
        sandbox.Kill();
        if (init is { } child)
        {
            _ = Send(child, kill);
        }
    }

    /// <summary>It runs nothing any more: it is stopped, or has ended.</summary>
    private static bool HasStopped(int process)
    {
        try
        {
            // pid (name) state ...; the name may have blanks and brackets.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2] is 'T' or 'Z' or 'X';
        }
        catch (IOException)
        {
            return true;
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

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
