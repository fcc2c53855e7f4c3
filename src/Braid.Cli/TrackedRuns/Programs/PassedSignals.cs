using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Braid.Cli.TrackedRuns.Programs;

/// <summary>Signals that ask us to end go to a program instead: it decides. One that comes before the program is kept for it.</summary>
internal sealed class PassedSignals : IDisposable
{
    private readonly Lock gate = new();
    private readonly PosixSignalRegistration[] registrations;
    private Process? process;
    private int? early;
    private volatile bool came;

    /// <param name="isTyped">Somebody sits at a terminal, which sends interrupts to the program, too, once it runs.</param>
    public PassedSignals(bool isTyped) =>
        registrations = [
            Register(PosixSignal.SIGINT, 2, !isTyped),
            Register(PosixSignal.SIGTERM, 15, true),
            Register(PosixSignal.SIGHUP, 1, !isTyped),
        ];

    /// <summary>Somebody asked for the end.</summary>
    public bool Came => came;

    public void PassTo(Process program)
    {
        lock (gate)
        {
            process = program;
            if (early is { } number)
            {
                Send(program, number);
            }
        }
    }

    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }
    }

    private PosixSignalRegistration Register(PosixSignal signal, int number, bool isPassed) =>
        PosixSignalRegistration.Create(
            signal,
            context =>
            {
                context.Cancel = true;
                came = true;
                lock (gate)
                {
                    if (process is null)
                    {
                        early = number;
                    }
                    else if (isPassed)
                    {
                        Send(process, number);
                    }
                }
            }
        );

    private static void Send(Process program, int signal)
    {
        if (!program.HasExited)
        {
            _ = Kill(program.Id, signal);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
