using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;

namespace Braid.Cli.Branches;

internal static class DeleteBranch
{
    public static Command Command { get; } =
        new Command("delete branch", "<repo>@<branch>", "Delete a branch; its commits stay.")
        {
            Flags = [Flags.Force, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new DeleteBranchRequest
        {
            Branch = Names.Branch(call.Project, call.Arguments[0]),
            Force = call.Has(Flags.Force),
        };
        await call.Pach.CallAsync(PfsMethods.DeleteBranch, request, ct);
        return 0;
    }
}
