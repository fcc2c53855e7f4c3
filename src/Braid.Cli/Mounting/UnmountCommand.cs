using Braid.Cli.CommandLine;
using Braid.Cli.Mounting.Processes;
using Braid.Fuse.Device;

namespace Braid.Cli.Mounting;

/// <summary>
/// Ends mounts: 1. the file system is unmounted, which fails while it is in use; 2. its process commits what was changed, and
/// this waits for it; 3. a process that is gone left its changes in a folder: --commit or --discard says what becomes of them.
/// </summary>
internal static class UnmountCommand
{
    /// <summary>What the mount table shows after <c>fuse.</c>.</summary>
    public const string FileSystemType = "braid";

    private static readonly TimeSpan look = TimeSpan.FromMilliseconds(20);
    private static readonly Flag all = Flags.Switch("all", 'a', "Every mount of yours; as root, of everybody.");
    private static readonly Flag commit = Flags.Switch(
        "commit",
        null,
        "Commit what a mount left behind when it could not."
    );
    private static readonly Flag discard = Flags.Switch("discard", null, "Give up what a mount left behind.");
    private static readonly Flag force = Flags.Switch(
        "force",
        'f',
        "Take it away even while it is in use; it ends with its last user."
    );

    public static Command Command { get; } =
        new Command("unmount", "[<path/to/mount/point>]", "End a mount, and commit what was changed in it.")
        {
            Flags = [all, commit, discard, force],
            RunAsync = RunAsync,
        }.Taking(0, 1);

    /// <summary>The last file system of ours that was mounted on a directory.</summary>
    public static MountedFileSystem? FindMount(string directory) =>
        Mounts().LastOrDefault(mount => mount.Directory == directory);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        if (call.Arguments.Count == 0 && !call.Has(all))
        {
            throw new Failure("name the mount, or use --all to end every one") { ShowUsageOf = call.Command };
        }

        var directories =
            call.Arguments.Count > 0
                ? [Path.GetFullPath(call.Arguments[0])]
                : Mounts()
                    .Where(mount => MountTable.CurrentUser == 0 || mount.User == MountTable.CurrentUser)
                    .Select(mount => mount.Directory)
                    .Reverse()
                    .ToList();
        var code = 0;
        foreach (var directory in directories)
        {
            code = Math.Max(code, await OneAsync(call, directory.Length > 1 ? directory.TrimEnd('/') : directory, ct));
        }

        return code;
    }

    private static async Task<int> OneAsync(Invocation call, string directory, CancellationToken ct)
    {
        var folders = MountFolder.All(call.World).Where(folder => folder.Read()?.Directory == directory).ToList();
        if (FindMount(directory) is { } mount)
        {
            // (1)
            Unmount(directory, call.Has(force));
            // What earlier mounts left there is another matter, unless it was asked for.
            folders =
            [
                new(mount.Source),
                .. call.Has(commit) || call.Has(discard) ? folders.Where(folder => folder.Path != mount.Source) : [],
            ];
        }
        else if (folders.Count == 0)
        {
            throw new Failure($"nothing of braid is mounted on {directory}: mount | grep fuse.braid lists what is");
        }

        var code = 0;
        foreach (var folder in folders)
        {
            // (2)
            while (folder.IsServed())
            {
                await Task.Delay(look, call.World.Clock, ct);
            }

            code = Math.Max(code, await EndAsync(call, folder, ct));
        }

        return code;
    }

    private static void Unmount(string directory, bool force)
    {
        try
        {
            MountTable.Unmount(directory, force);
        }
        catch (FuseMountException refused)
        {
            throw new Failure(
                refused.Message.Contains("busy", StringComparison.Ordinal)
                    ? $"{directory} is in use: close what uses it (fuser -vm {directory} lists it), or use --force"
                    : refused.Message
            );
        }
    }

    private static async Task<int> EndAsync(Invocation call, MountFolder folder, CancellationToken ct)
    {
        var lines = folder.ReadResult();
        if (!MountFolder.All(call.World).Any(own => own.Path == folder.Path))
        {
            return Tell(call, lines);
        }

        var left = Leftovers.Describe(folder);
        var isEnd = call.Has(commit) || call.Has(discard);
        if (!isEnd || left.Count == 0)
        {
            Tell(call, lines);
        }

        if (left.Count == 0)
        {
            if (Directory.Exists(folder.Path))
            {
                folder.Remove();
            }

            return 0;
        }

        // (3)
        return call.Has(commit) ? await CommitAsync(call, folder, ct)
            : call.Has(discard) ? Discard(call, folder, left)
            : Keep(call, folder, left, lines.Any(CommitAll.IsFailure));
    }

    private static async Task<int> CommitAsync(Invocation call, MountFolder folder, CancellationToken ct)
    {
        var directory = folder.Read()?.Directory ?? folder.Path;
        var lines = await CommitAll.RunAsync(call.Pach, folder, folder.OpenOverlays(), directory, ct);
        folder.WriteResult(lines);
        if (Tell(call, lines) != 0)
        {
            return 1;
        }

        folder.Remove();
        return 0;
    }

    /// <summary>All that is done for another user's mount: its folder is that user's, and so is what becomes of it.</summary>
    private static int Tell(Invocation call, IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            (CommitAll.IsFailure(line) ? call.Error : call.Out).WriteLine(line);
        }

        return lines.Any(CommitAll.IsFailure) ? 1 : 0;
    }

    private static int Discard(Invocation call, MountFolder folder, IReadOnlyList<string> left)
    {
        folder.Remove();
        foreach (var line in left)
        {
            call.Out.WriteLine($"given up: {line}");
        }

        return 0;
    }

    private static int Keep(Invocation call, MountFolder folder, IReadOnlyList<string> left, bool isSaid)
    {
        if (!isSaid)
        {
            var directory = folder.Read()?.Directory;
            call.Error.WriteLine(
                $"the mount's process ended without committing. Kept in {folder.Path}:\n  {string.Join("\n  ", left)}\n"
                    + $"Commit it with braid unmount {directory} --commit, go on with braid mount {directory} --write --recover, "
                    + $"or give it up with braid unmount {directory} --discard"
            );
        }

        return 1;
    }

    private static IEnumerable<MountedFileSystem> Mounts() =>
        MountTable.Read().Where(mount => mount.Type == $"fuse.{FileSystemType}");
}
