using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;

namespace Braid.Cli.Repos;

internal static class DeleteRepo
{
    public static Command Command { get; } =
        new Command("delete repo", "<repo>", "Delete a repo.")
        {
            Flags = [Flags.Force, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new DeleteRepoRequest
        {
            Repo = Names.Repo(call.Project, call.Arguments[0]),
            Force = call.Has(Flags.Force),
        };
        var answer = await call.Pach.CallAsync(PfsMethods.DeleteRepo, request, ct);
        if (!answer.Deleted)
        {
            throw new Failure("No repo deleted.");
        }

        call.Error.WriteLine("Repo deleted.");
        return 0;
    }
}
