using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Pfs;

namespace Braid.Cli.Branches;

internal static class InspectBranch
{
    public static Command Command { get; } =
        new Command("inspect branch", "<repo>@<branch>", "Show a branch.")
        {
            Flags = [Flags.FullTimestamps, .. Flags.Format, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var request = new InspectBranchRequest { Branch = Names.Commit(call.Project, call.Arguments[0]).Branch };
        var branch = await call.Pach.CallAsync(PfsMethods.InspectBranch, request, ct);
        if (format is not null)
        {
            format.Print(branch);
            return 0;
        }

        Write(new FieldList(call.Out), branch);
        return 0;
    }

    /// <summary>What follows a list ends in a space, as pachctl has it.</summary>
    private static void Write(FieldList fields, BranchInfo branch)
    {
        fields.Write("Name", $"{Names.Of(branch.Branch.Repo)}@{branch.Branch.Name}");
        fields.WriteGiven("Head Commit", branch.Head is { Id.Length: > 0 } head ? Names.Of(head) + " " : "");
        fields.WriteGiven("Provenance", Listed(branch.Provenance));
        fields.WriteGiven("Trigger", branch.Trigger is null ? "" : TriggerText.Of(branch.Trigger) + " ");
        fields.WriteGiven("Created by", branch.CreatedBy);
        fields.WriteGiven("Created at", branch.CreatedAt is null ? "" : Style.FullTime(branch.CreatedAt));
    }

    private static string Listed(IEnumerable<Branch> branches) =>
        string.Concat(branches.Select(branch => $"{Names.Of(branch.Repo)}@{branch.Name} "));
}
