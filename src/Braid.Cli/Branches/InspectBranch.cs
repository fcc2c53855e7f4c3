using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
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

        call.Out.WriteLine($"Name: {Names.Of(branch.Branch.Repo)}@{branch.Branch.Name}");
        if (branch.Head is { Id.Length: > 0 } head)
        {
            call.Out.WriteLine($"Head Commit: {Names.Of(head)}");
        }

        if (branch.Provenance.Count > 0)
        {
            call.Out.WriteLine(
                $"Provenance: {string.Join(' ', branch.Provenance.Select(source => $"{Names.Of(source.Repo)}@{source.Name}"))}"
            );
        }

        if (branch.Trigger is { } trigger)
        {
            call.Out.WriteLine($"Trigger: {TriggerText.Of(trigger)}");
        }

        return 0;
    }
}
