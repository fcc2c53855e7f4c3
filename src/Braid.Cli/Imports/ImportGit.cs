using Braid.Cli.CommandLine;
using Braid.Cli.Naming;
using Braid.Cli.Transfers;

namespace Braid.Cli.Imports;

/// <summary>Makes a folder of a repo equal to the tracked files of a git commit.</summary>
internal static class ImportGit
{
    private static readonly Flag reference = Flags.Value(
        "ref",
        null,
        "The branch, tag or commit (default: what is checked out)."
    );

    public static Command Command { get; } =
        new Command(
            "import git",
            "<path|url> <repo>@<branch>[:<path>]",
            "Make a folder of a repo equal to the files of a git commit."
        )
        {
            Flags = [TransferProgress.Flag, Flags.Project, reference],
            RunAsync = RunAsync,
        }.Taking(2);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var target = Names.File(call.Project, call.Arguments[1]);
        if (target.Commit.Id.Length > 0)
        {
            throw new Failure("a git commit becomes a commit of its own: name a branch, repo@branch");
        }

        using var checkout = await GitCheckout.OpenAsync(call.Arguments[0], call.Text(reference), ct);
        await using var progress = TransferProgress.Of(call, "imported");
        await new GitImport(call.Pach, call.Error, progress) { Replaces = true }.RunAsync(checkout, target, ct);
        progress.Complete();
        return 0;
    }
}
