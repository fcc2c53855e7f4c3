using System.Runtime.InteropServices;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Mounting.Overlay;
using Braid.Cli.Mounting.Reading;
using Braid.Fuse.Device;
using Braid.Fuse.Sessions;

namespace Braid.Cli.Mounting.Processes;

/// <summary>How a mount behaves beyond what it shows.</summary>
internal sealed record MountSettings(string Directory, TimeSpan Patience)
{
    /// <summary>Other users may use it.</summary>
    public bool AllowOther { get; init; }

    /// <summary>Goes on with what an earlier mount left.</summary>
    public IReadOnlyList<MountFolder> Recovers { get; init; } = [];
}

/// <summary>
/// Serves one mount from beginning to end:
/// 1. the server is asked once, so that what is wrong is said before anything is mounted; 2. it is mounted and said to be ready;
/// 3. requests are answered until it is unmounted, by whomever; a signal to end unmounts it, too;
/// 4. what was changed is committed, and what became of it is written down for who unmounted.
/// </summary>
internal sealed class MountProcess(Invocation call, MountPlan plan, MountSettings settings)
{
    private const int threads = 3;

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var folder = MountFolder.Create(call.World, settings.Directory, call.Server.Uri.Authority);
        await using var file = Background.IsThisProcess(call.World) ? new StreamWriter(folder.Log) : null;
        var log = new MountLog(file ?? call.Error, call.World.Clock);
        try
        {
            var overlays = new OverlayStore(folder.Path, call.Server.Uri.Authority, folder.TakeOver(settings.Recovers));
            var patience = new Patience(settings.Patience, call.World.Clock, log);
            using var parts = new MountParts(plan, call.Pach, patience, overlays, folder.Path, log, call.World.Clock);
            // (1)
            await CheckAsync(parts, ct);
            await ServeAsync(parts, folder, ct);
            return await EndAsync(folder, overlays, log);
        }
        catch
        {
            RemoveUnlessChanged(folder);
            throw;
        }
    }

    /// <summary>The first call is not tried again: a server that is away now is said at once.</summary>
    private async Task CheckAsync(MountParts parts, CancellationToken ct)
    {
        await call.Pach.StreamAsync(PfsMethods.ListProject, new(), ct).FirstOrDefaultAsync(ct);
        await parts.Places.CheckAsync(parts.Root, ct);
    }

    private async Task ServeAsync(MountParts parts, MountFolder folder, CancellationToken ct)
    {
        // (2)
        using var mount = Mount(folder);
        var session = new FuseSession(
            mount.Channel,
            new MountHandler(parts),
            call.World.Clock,
            error => parts.Log.Write($"a bug: {error}")
        );
        var running = session.RunAsync(threads);
        await Task.WhenAny(session.Ready, running);
        if (session.Ready is { IsFaulted: true, Exception: { } tooOld })
        {
            Unmount(parts.Log);
            throw new Failure(tooOld.GetBaseException().Message);
        }

        parts.Log.Write($"mounted on {settings.Directory}");
        if (Background.IsThisProcess(call.World))
        {
            Background.SayReady(call.World, folder.Log);
        }

        // (3)
        using var signal = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM,
            context =>
            {
                context.Cancel = true;
                Unmount(parts.Log);
            }
        );
        await using var interrupt = ct.Register(() => Unmount(parts.Log));
        await running;
        parts.Log.Write("unmounted");
    }

    private FuseMount Mount(MountFolder folder)
    {
        try
        {
            return FuseMount.Mount(
                settings.Directory,
                new()
                {
                    Source = folder.Path,
                    Type = UnmountCommand.FileSystemType,
                    ReadOnly = !plan.MayWrite,
                    AllowOther = settings.AllowOther,
                }
            );
        }
        catch (FuseMountException refused)
        {
            throw new Failure(refused.Message);
        }
    }

    private void Unmount(MountLog log)
    {
        try
        {
            MountTable.Unmount(settings.Directory, detach: true);
            log.Write("asked to end: it ends when the last file is closed");
        }
        catch (FuseMountException refused)
        {
            log.Write(refused.Message);
        }
    }

    /// <summary>Whoever unmounts waits for the result; nothing is left of a mount that changed nothing.</summary>
    private async Task<int> EndAsync(MountFolder folder, OverlayStore overlays, MountLog log)
    {
        // (4)
        var lines = await CommitAll.RunAsync(
            call.Pach,
            folder,
            overlays.All,
            settings.Directory,
            CancellationToken.None
        );
        foreach (var line in lines)
        {
            log.Write(line);
        }

        if (lines.Count > 0)
        {
            folder.WriteResult(lines);
        }
        else
        {
            folder.Remove();
        }

        return lines.Any(CommitAll.IsFailure) ? 1 : 0;
    }

    private static void RemoveUnlessChanged(MountFolder folder)
    {
        if (Directory.Exists(folder.Path) && Leftovers.Describe(folder).Count == 0)
        {
            folder.Remove();
        }
    }
}
