using Braid.Compute.Processes;
using Braid.Compute.Sessions;
using Braid.Pipelines.Workers.Outputs;

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
    private SandboxSession? session;

    /// <param name="folder">Made by the bench, and removed with it.</param>
    public Workbench(ProcessExecutor executor, SessionSpec spec, string folder)
    {
        this.executor = executor;
        this.spec = spec;
        this.folder = folder;
        output = Directory.CreateDirectory(Path.Combine(folder, outputName)).FullName;
        pfs = Path.Combine(folder, "pfs");
        // What /pfs/out is mounted on.
        Directory.CreateDirectory(Path.Combine(pfs, outputName));
    }

    /// <summary>A new folder to lay a datum's inputs out in, as they shall appear under <c>/pfs</c>.</summary>
    public string Stage(DatumLease lease) => Directory.CreateDirectory(StageOf(lease)).FullName;

    /// <summary>Makes what was laid out for the datum appear under <c>/pfs</c>, with an empty <c>/pfs/out</c>.</summary>
    public void Place(DatumLease lease)
    {
        NativeFiles.MoveChildren(StageOf(lease), pfs, except: null);
        Directory.Delete(StageOf(lease));
    }

    /// <summary>Takes everything away from under <c>/pfs</c>; nothing may run.</summary>
    public DatumFolder SetAside(DatumLease lease)
    {
        var aside = new DatumFolder(Path.Combine(folder, "done", lease.Attempt));
        NativeFiles.MoveChildren(pfs, aside.Inputs, outputName);
        Scratch.Allow(output);
        NativeFiles.MoveChildren(output, aside.Output, except: null);
        return aside;
    }

    public async Task<ProcessExit> RunAsync(SessionCommand command, Func<OutputLine, ValueTask> sink)
    {
        if (session is null or { IsOver: true })
        {
            await EndSessionAsync();
            session = await OpenAsync();
        }

        return await session.RunAsync(command, sink);
    }

    /// <summary>Kills what runs; the next command gets a new sandbox.</summary>
    public void Stop() => session?.Stop();

    public async ValueTask DisposeAsync()
    {
        await EndSessionAsync();
        Scratch.Remove(folder);
    }

    private string StageOf(DatumLease lease) => Path.Combine(folder, "next", lease.Attempt);

    private Task<SandboxSession> OpenAsync() =>
        executor.OpenSessionAsync(
            spec with
            {
                Mounts = [.. spec.Mounts, new(pfs, "/pfs", false), new(output, SandboxPaths.Out, true)],
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
}
