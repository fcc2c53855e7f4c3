using System.IO.Compression;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Cli.Transfers;
using Braid.Protos.Pfs;
using File = System.IO.File;

namespace Braid.Cli.Exports;

/// <summary>Writes all files of a commit to a plain folder or a tar archive, with a manifest of their SHA-256 sums.</summary>
internal static class ExportRepo
{
    public static Command Command { get; } =
        new Command(
            "export repo",
            "<repo>[@<branch-or-commit>] <folder|file.tar|file.tar.gz|->",
            "Write a commit's files to a folder or a tar archive that sha256sum -c checks."
        )
        {
            Flags = [TransferProgress.Flag, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(2);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var named = Names.File(call.Project, call.Arguments[0]);
        if (named.Path.Length > 0)
        {
            throw new Failure("a whole commit is exported: name a repo, repo@branch or repo@commit");
        }

        var request = new InspectCommitRequest { Commit = named.Commit };
        var commit = await call.Pach.CallAsync(PfsMethods.InspectCommit, request, ct);
        var root = new Protos.Pfs.File { Commit = commit.Commit, Path = "/" };
        await using var progress = TransferProgress.Of(call, "exported");
        await WriteAsync(call, commit, root, progress, ct);
        progress.Complete();
        return 0;
    }

    private static async Task WriteAsync(
        Invocation call,
        CommitInfo commit,
        Protos.Pfs.File root,
        TransferProgress progress,
        CancellationToken ct
    )
    {
        var target = call.Arguments[1];
        var tar = new TarExport(call.Pach, progress);
        if (target == "-")
        {
            await using var output = call.World.OpenOutput();
            await tar.RunAsync(commit, root, output, ct);
        }
        else if (target.EndsWith(".tar", StringComparison.Ordinal))
        {
            await using (var file = File.Create(PartFile.Of(target)))
            {
                await tar.RunAsync(commit, root, file, ct);
            }

            PartFile.Complete(target);
        }
        else if (
            target.EndsWith(".tar.gz", StringComparison.Ordinal) || target.EndsWith(".tgz", StringComparison.Ordinal)
        )
        {
            await using (var file = File.Create(PartFile.Of(target)))
            await using (var packed = new GZipStream(file, CompressionLevel.Fastest))
            {
                await tar.RunAsync(commit, root, packed, ct);
            }

            PartFile.Complete(target);
        }
        else
        {
            await new FolderExport(call.Pach, call.World.Clock, progress).RunAsync(root, target, ct);
        }
    }
}
