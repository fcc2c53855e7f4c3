using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pfs;

namespace Braid.Cli.Repos;

/// <summary>Makes a repo, or changes its description or what it is for.</summary>
internal static class CreateRepo
{
    private static readonly Flag role = Flags.Value(
        "role",
        null,
        "What the repo is for: train, validation, test or none; a file on two sides raises an alarm."
    );

    public static Command Command { get; } = Of("create repo", "Create a repo.", update: false);

    public static Command Update { get; } = Of("update repo", "Change a repo's description or role.", update: true);

    private static Command Of(string name, string summary, bool update) =>
        new Command(name, "<repo>", summary)
        {
            Flags = [Flags.Description, Flags.Project, role],
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
        if (!update || call.Text(role) is null || call.Text(Flags.Description) is not null)
        {
            await call.Pach.CallAsync(PfsMethods.CreateRepo, request, ct);
        }

        if (call.Text(role) is { } given)
        {
            await SetRoleAsync(call, request.Repo, given == "none" ? "" : given, ct);
        }

        return 0;
    }

    private static Task SetRoleAsync(Invocation call, Repo repo, string text, CancellationToken ct)
    {
        var name = Uri.EscapeDataString($"{repo.Project.Name}/{repo.Name}");
        return call.Web.CallAsync(HttpMethod.Put, $"/api/role?repo={name}&role={Uri.EscapeDataString(text)}", ct);
    }
}
