using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;

namespace Braid.Cli.Repos;

internal static class DeleteRepo
{
    private static readonly Flag all = Flags.Switch("all", null, "Delete all repos of the project.");

    private static readonly Flag allProjects = Flags.Switch(
        "all-projects",
        'A',
        "With --all: the repos of every project."
    );

    public static Command Command { get; } =
        new Command("delete repo", "[<repo>]", "Delete a repo.")
        {
            Flags = [all, allProjects, Flags.Force, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(0, 1);

    private static Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        if (call.Argument(0) is not { } repo)
        {
            return call.Has(all)
                ? DeleteManyAsync(call, ct)
                : throw new Failure("either a repo name or the --all flag needs to be provided");
        }

        return call.Has(all) ? throw new Failure("cannot use the --all flag with an argument")
            : call.Has(allProjects) ? throw new Failure("cannot use the --all-projects flag with an argument")
            : DeleteOneAsync(call, repo, ct);
    }

    private static async Task<int> DeleteManyAsync(Invocation call, CancellationToken ct)
    {
        var request = new DeleteReposRequest { All = call.Has(allProjects), Force = call.Has(Flags.Force) };
        if (!request.All)
        {
            request.Projects.Add(new Project { Name = call.Project });
        }

        await call.Pach.CallAsync(PfsMethods.DeleteRepos, request, ct);
        return 0;
    }

    private static async Task<int> DeleteOneAsync(Invocation call, string repo, CancellationToken ct)
    {
        var request = new DeleteRepoRequest { Repo = Names.Repo(call.Project, repo), Force = call.Has(Flags.Force) };
        var answer = await call.Pach.CallAsync(PfsMethods.DeleteRepo, request, ct);
        if (!answer.Deleted)
        {
            throw new Failure("No repo deleted.");
        }

        call.Error.WriteLine("Repo deleted.");
        return 0;
    }
}
