using System.Collections.Concurrent;
using System.Text;
using Braid.Compute.Files;
using Braid.Compute.Processes;
using Braid.Compute.Sessions;
using Braid.Pipelines.Workers.Batching;
using Braid.Pipelines.Workers.Outputs;
using Braid.Primitives;
using Microsoft.Win32.SafeHandles;

namespace Braid.Pipelines.Workers.Running;

/// <summary>
/// Where one worker runs the datums of one job: a sandbox that stays, whose <c>/pfs</c> is a folder of the bench. A datum's
/// inputs are laid out beside it and moved in; what the program leaves is moved away. Nothing is copied, nothing mounted anew.
/// </summary>
internal sealed class Workbench : IAsyncDisposable
{
    private const string outputName = "out";

    private readonly ProcessExecutor executor;
    private readonly SessionSpec spec;
    private readonly string folder;
    private readonly string pfs;
    private readonly string output;
    private readonly bool hasOut;
    private readonly SafeFileHandle variablesFile;
    private readonly ConcurrentBag<DatumTray> trays = [];
    private int traysMade;
    private SandboxSession? session;
    private BatchedProgram? program;
    private volatile bool isStopped;

    /// <param name="folder">Made by the bench, and removed with it.</param>
    /// <param name="hasOut">Whether the program sees <c>/pfs/out</c>.</param>
    public Workbench(ProcessExecutor executor, SessionSpec spec, string folder, bool hasOut)
    {
        this.executor = executor;
        this.spec = spec;
        this.folder = folder;
        this.hasOut = hasOut;
        output = Directory.CreateDirectory(Path.Combine(folder, outputName)).FullName;
        pfs = Path.Combine(folder, "pfs");
        // What /pfs/out is mounted on.
        Directory.CreateDirectory(hasOut ? Path.Combine(pfs, outputName) : pfs);
        variablesFile = NativeFiles.Create(Path.Combine(pfs, ".env"));
    }

    /// <summary>What becomes the output of the datum that runs.</summary>
    public string Output => output;

    /// <summary>For what is written to the output and is not whole yet.</summary>
    public string Uploads => Path.Combine(folder, "uploads");

    /// <summary>An empty tray to lay a datum's inputs out in, as they shall appear under <c>/pfs</c>.</summary>
    public DatumTray TakeTray() =>
        trays.TryTake(out var tray)
            ? tray
            : new(Path.Combine(folder, "trays", $"{Interlocked.Increment(ref traysMade)}"));

    /// <summary>Takes a tray back with what lies in it, which nobody needs any more.</summary>
    public void Return(DatumTray tray)
    {
        tray.Clear();
        trays.Add(tray);
    }

    /// <summary>Makes a datum's inputs appear under <c>/pfs</c>, with its variables in <c>/pfs/.env</c> and an empty <c>/pfs/out</c>.</summary>
    public void Place(DatumTray tray, string variables)
    {
        isStopped = false;
        tray.Inputs.MoveTo(pfs);
        // Never empty in between: a file system that thinks it was replaced brings it to the disk at once.
        var text = Encoding.UTF8.GetBytes(variables);
        RandomAccess.Write(variablesFile, text, 0);
        RandomAccess.SetLength(variablesFile, text.Length);
    }

    /// <summary>
    /// Takes a datum's inputs and its output away from under <c>/pfs</c>; nothing may run but a program that waits for its next datum.
    /// </summary>
    public async Task SetAsideAsync(DatumTray tray)
    {
        tray.Inputs.MoveFrom(pfs);
        Scratch.Allow(output);
        if (!NativeFiles.MoveChildren(output, tray.Output))
        {
            // A file whose name is no text cannot be moved by its name, but with its folder, which sandboxes have mounted.
            await EndSessionAsync();
            await EndProgramAsync();
            NativeFiles.Move(output, Path.Combine(tray.Output, FolderEntry.NoText));
            Directory.CreateDirectory(output);
        }

        if (Directory.Exists(Uploads))
        {
            Scratch.Remove(Uploads);
        }
    }

    /// <summary>Runs a command to its end; refused where no sandbox can be what the job asks for.</summary>
    public async Task<Result<ProcessExit>> RunAsync(SessionCommand command, Func<OutputLine, ValueTask> sink)
    {
        if (session is null or { IsOver: true })
        {
            await EndSessionAsync();
            var opened = await OpenAsync();
            if (!opened.TryGet(out session, out var refused))
            {
                return refused;
            }
        }

        StopIfToldBefore();
        return await session.RunAsync(command, sink);
    }

    /// <summary>The program that asks for its datums, started when there is none or it has ended.</summary>
    public async Task<Result<BatchedProgram>> ProgramAsync(SessionCommand command, Func<OutputLine, ValueTask> sink)
    {
        if (program is { IsOver: false })
        {
            return program;
        }

        await EndProgramAsync();
        if (!(await OpenAsync()).TryGet(out var opened, out var refused))
        {
            return refused;
        }

        program = new(opened, command);
        program.Attach(sink);
        StopIfToldBefore();
        return program;
    }

    /// <summary>A batch begins: what a program that stays alive prints goes there.</summary>
    public void Attach(Func<OutputLine, ValueTask> sink) => program?.Attach(sink);

    /// <summary>A batch ends: what a program that stays alive prints waits for the next one.</summary>
    public Task DetachAsync() => program?.DetachAsync() ?? Task.CompletedTask;

    /// <summary>Kills what runs, or is about to, for the datum that was placed; what runs next gets a new sandbox.</summary>
    public void Stop()
    {
        isStopped = true;
        session?.Stop();
        program?.Stop();
    }

    /// <summary>Something else runs for the same datum: that it was stopped before does not count any more.</summary>
    public void Resume() => isStopped = false;

    /// <summary>Ends everything; no batch may be under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await EndSessionAsync();
        await EndProgramAsync();
        variablesFile.Dispose();
        Scratch.Remove(folder);
    }

    /// <summary>A sandbox that was still being made could not be stopped.</summary>
    private void StopIfToldBefore()
    {
        if (isStopped)
        {
            Stop();
        }
    }

    private Task<Result<SandboxSession>> OpenAsync() =>
        executor.OpenSessionAsync(
            spec with
            {
                Mounts =
                [
                    .. spec.Mounts,
                    new(pfs, "/pfs", false),
                    .. hasOut ? (Mount[])[new(output, SandboxPaths.Out, true)] : [],
                ],
            }
        );

    private async Task EndSessionAsync()
    {
        if (session is not null)
        {
            await session.DisposeAsync();
            session = null;
        }
    }

    private async Task EndProgramAsync()
    {
        if (program is not null)
        {
            await program.DisposeAsync();
            program = null;
        }
    }
}
