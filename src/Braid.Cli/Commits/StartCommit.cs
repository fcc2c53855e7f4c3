using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;

namespace Braid.Cli.Commits;

internal static class StartCommit
{
    private static readonly Flag parent = Flags.Value(
        "parent",
        'p',
        "The commit to start from; the branch's head when not given."
    );
    private static readonly Flag message = Flags.Value("message", 'm', "A description of the commit's contents.");
    private static readonly Flag description = Flags.Value("description", null, "The same as --message.");

    public static Command Command { get; } =
        new Command("start commit", "<repo>@<branch>", "Start a commit, and print its ID.")
        {
            Flags = [description, message, parent, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var branch = Names.Branch(call.Project, call.Arguments[0]);
        var request = new StartCommitRequest
        {
            Branch = branch,
            Description = call.Text(message) ?? call.Text(description) ?? "",
        };
        if (call.Text(parent) is { } given)
        {
            request.Parent = Names.Commit(
                call.Project,
                given.Contains('@', StringComparison.Ordinal) ? given : $"{branch.Repo.Name}@{given}"
            );
        }

        var commit = await call.Pach.CallAsync(PfsMethods.StartCommit, request, ct);
        call.Out.WriteLine(commit.Id);
        return 0;
    }
}
