using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Pfs;

namespace Braid.Cli.Branches;

internal static class ListBranch
{
    public static Command Command { get; } =
        new Command("list branch", "<repo>", "List the branches of a repo.")
        {
            Flags = [.. Flags.Format, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var table = new Table(call.Out, "BRANCH", "HEAD", "TRIGGER", "CREATOR", "CREATED");
        var request = new ListBranchRequest { Repo = Names.Repo(call.Project, call.Arguments[0]) };
        await foreach (var branch in call.Pach.StreamAsync(PfsMethods.ListBranch, request, ct))
        {
            format?.Print(branch);
            table.Add(
                branch.Branch.Name,
                branch.Head?.Id is { Length: > 0 } id ? id : Style.Missing,
                TriggerText.Of(branch.Trigger),
                branch.CreatedBy.Length > 0 ? branch.CreatedBy : Style.Missing,
                Style.FullTime(branch.CreatedAt)
            );
        }

        if (format is null)
        {
            table.Finish();
        }

        return 0;
    }
}
