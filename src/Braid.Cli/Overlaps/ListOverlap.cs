using Braid.Cli.CommandLine;
using Braid.Cli.Naming;
using Braid.Cli.Output;

namespace Braid.Cli.Overlaps;

/// <summary>Shows which files of a commit lie, byte for byte, in repos of other roles, too.</summary>
internal static class ListOverlap
{
    private const int patience = 10;

    public static Command Command { get; } =
        new Command(
            "list overlap",
            "<repo>@<branch-or-commit>",
            "Show the files that a commit has in common with repos of other roles (train, validation, test)."
        )
        {
            Flags = [Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var commit = Names.Commit(call.Project, call.Arguments[0]);
        var report = await OverlapReport.ReadAsync(call, commit, patience, ct);
        if (report.Role.Length == 0)
        {
            throw new Failure(
                $"{commit.Repo.Name} has no role, so nothing is compared: say what it is for, "
                    + $"braid update repo {commit.Repo.Name} --role train (or validation, or test)"
            );
        }

        if (!report.IsChecked)
        {
            throw new Failure(
                "nothing is known of that commit: it is not finished, it is older than the repo's role, or it is still being looked at"
            );
        }

        var table = new Table(call.Out, "PATH", "SIZE", "ALSO IN", "ROLE");
        foreach (var pair in report.Pairs)
        {
            table.Add(pair.Path, Sizes.Words(pair.Size), pair.Other, pair.OtherRole);
        }

        table.Finish();
        if (report.Count > report.Pairs.Count)
        {
            call.Error.WriteLine($"these are the first {report.Pairs.Count} of {report.Count}");
        }

        return 0;
    }
}
