using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;

namespace Braid.Cli.Repos;

/// <summary>Makes a repo, or changes its description: one call of the server's.</summary>
internal static class CreateRepo
{
    public static Command Command { get; } = Of("create repo", "Create a repo.", update: false);

    public static Command Update { get; } = Of("update repo", "Change a repo's description.", update: true);

    private static Command Of(string name, string summary, bool update) =>
        new Command(name, "<repo>", summary)
        {
            Flags = [Flags.Description, Flags.Project],
            RunAsync = (call, ct) => RunAsync(call, update, ct),
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, bool update, CancellationToken ct)
    {
        var request = new CreateRepoRequest
        {
            Repo = Names.Repo(call.Project, call.Arguments[0]),
            Description = call.Text(Flags.Description) ?? "",
            Update = update,
        };
        await call.Pach.CallAsync(PfsMethods.CreateRepo, request, ct);
        return 0;
    }
}
