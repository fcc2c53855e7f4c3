using Braid.Cli.CommandLine;
using Braid.Cli.Mounting.Naming;
using Braid.Cli.Mounting.Processes;

namespace Braid.Cli.Mounting;

/// <summary>Shows repos as folders, until they are unmounted.</summary>
internal static class MountCommand
{
    private static readonly Flag repos = Flags.Values(
        "repos",
        'r',
        "Only this repo: [project/]repo[@branch-or-commit][+w]; +w to write to it; may be repeated."
    );
    private static readonly Flag write = Flags.Switch(
        "write",
        'w',
        "Take changes, and commit them when it is unmounted."
    );
    private static readonly Flag follow = Flags.Switch(
        "follow",
        null,
        "Show a branch's newest commit, and not the one of the first look."
    );
    private static readonly Flag foreground = Flags.Switch(
        "foreground",
        null,
        "Stay, and print what happens; Ctrl-C unmounts."
    );
    private static readonly Flag allowOther = Flags.Switch(
        "allow-other",
        null,
        "Let other users of the machine in, too."
    );
    private static readonly Flag timeout = Flags.Value(
        "timeout",
        null,
        "How long readers wait for a server that is away before they see an error (default \"30s\")."
    );
    private static readonly Flag recover = Flags.Switch(
        "recover",
        null,
        "Go on with the changes that an earlier mount could not commit."
    );

    public static Command Command { get; } =
        new Command("mount", "<path/to/mount/point>", "Show repos as folders, to read and to write.")
        {
            Flags = [allowOther, follow, foreground, Flags.Project, recover, repos, timeout, write],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var isBackground = Background.IsThisProcess(call.World);
        var directory = Directory(call.Arguments[0]);
        var plan = new MountPlan(
            call.Project,
            [.. call.All(repos).Select(text => RepoChoice.Parse(call.Project, text))]
        )
        {
            WriteAll = call.Has(write),
            Follow = call.Has(follow),
        };
        if (!call.Has(foreground) && !isBackground)
        {
            return await Background.StartAsync(call.World, ct);
        }

        if (isBackground)
        {
            Background.Leave();
        }

        var settings = new MountSettings(directory, Patience(call))
        {
            AllowOther = call.Has(allowOther),
            Recovers = Recovers(call, plan),
        };
        return await new MountProcess(call, plan, settings).RunAsync(ct);
    }

    private static string Directory(string text)
    {
        var path = Path.GetFullPath(text).TrimEnd('/');
        if (System.IO.Directory.Exists(path))
        {
            return path;
        }

        // A mount whose process is gone has no attributes at all.
        throw new Failure(
            UnmountCommand.FindMount(path) is not null
                ? $"{path} is a mount whose process has ended: braid unmount {text} clears it"
                : $"{path} is no directory: make it first (mkdir -p {text})"
        );
    }

    private static TimeSpan Patience(Invocation call) =>
        call.Text(timeout) is not { } text ? TimeSpan.FromSeconds(30)
        : GoDuration.TryParse(text, out var limit) && limit > TimeSpan.Zero ? limit
        : throw new Failure($"invalid argument \"{text}\" for --timeout: not a duration like \"30s\" or \"5m\"");

    /// <summary>Changes that were left are never forgotten silently: who mounts for writing says what becomes of them.</summary>
    private static IReadOnlyList<MountFolder> Recovers(Invocation call, MountPlan plan)
    {
        var left = Leftovers.Find(call.World, call.Server.Uri.Authority);
        if (left.Count == 0)
        {
            return [];
        }

        var what = string.Concat(
            left.SelectMany(folder => Leftovers.Describe(folder).Select(line => $"\n  {line} (in {folder.Path})"))
        );
        var where = left[0].Read()?.Directory;
        if (!plan.MayWrite)
        {
            call.Error.WriteLine($"An earlier mount left changes that are not committed:{what}");
            return [];
        }

        return call.Has(recover)
            ? left
            : throw new Failure(
                $"an earlier mount left changes that are not committed:{what}\n"
                    + "Go on with them with --recover; or commit them as they are with "
                    + $"braid unmount {where} --commit, or give them up with braid unmount {where} --discard"
            );
    }
}
