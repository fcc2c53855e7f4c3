using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;

namespace Braid.Cli.Repos;

internal static class CreateRepo
{
    public static Command Command { get; } =
        new Command("create repo", "<repo>", "Create a repo.")
        {
            Flags = [Flags.Description, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new CreateRepoRequest
        {
            Repo = Names.Repo(call.Project, call.Arguments[0]),
            Description = call.Text(Flags.Description) ?? "",
        };
        await call.Pach.CallAsync(PfsMethods.CreateRepo, request, ct);
        return 0;
    }
}
