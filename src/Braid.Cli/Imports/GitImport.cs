using System.Runtime.CompilerServices;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Transfers;
using Braid.Cli.Uploads;
using Braid.Protos.Pfs;
using PfsFile = Braid.Protos.Pfs.File;

namespace Braid.Cli.Imports;

/// <summary>Puts the tracked files of a git commit into a repo, in one commit whose description names the git commit.</summary>
internal sealed class GitImport(PachClient pach, TextWriter leftOut, TransferProgress progress)
{
    /// <summary>What is below the target and not in the git commit is removed.</summary>
    public bool Replaces { get; init; }

    public async Task RunAsync(GitCheckout checkout, PfsFile target, CancellationToken ct)
    {
        await using var work = await WorkCommit.StartAsync(
            pach,
            target.Commit.Branch,
            $"git {checkout.Commit} {checkout.Subject}".TrimEnd(),
            ct
        );
        var files = new GitFiles(checkout, leftOut);
        await pach.SendAsync(PfsMethods.ModifyFile, RequestsAsync(work.Commit, files, target.Path, ct), ct);
        await work.FinishAsync(ct);
    }

    private async IAsyncEnumerable<ModifyFileRequest> RequestsAsync(
        Commit commit,
        GitFiles files,
        string target,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        yield return new() { SetCommit = commit };
        var folder = target.TrimEnd('/');
        if (Replaces)
        {
            yield return Message.Delete($"{folder}/");
        }

        await foreach (var piece in files.ReadAsync(ct))
        {
            var path = $"{folder}/{piece.Path}";
            if (piece.IsFirst && !Replaces)
            {
                yield return Message.Delete(path);
            }

            yield return Message.Add(path, piece.Bytes);
            progress.Add(piece.IsFirst ? 1 : 0, piece.Bytes.Length);
        }
    }
}
