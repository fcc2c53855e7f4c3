using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pfs;

namespace Braid.Cli.Projects;

/// <summary>Makes a project, or changes its description: one call of the server's.</summary>
internal static class CreateProject
{
    public static Command Command { get; } = Of("create project", "Create a project.", update: false);

    public static Command Update { get; } = Of("update project", "Change a project's description.", update: true);

    private static Command Of(string name, string summary, bool update) =>
        new Command(name, "<project>", summary)
        {
            Flags = [Flags.Description],
            RunAsync = (call, ct) => RunAsync(call, update, ct),
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, bool update, CancellationToken ct)
    {
        var request = new CreateProjectRequest
        {
            Project = new() { Name = call.Arguments[0] },
            Description = call.Text(Flags.Description) ?? "",
            Update = update,
        };
        await call.Pach.CallAsync(PfsMethods.CreateProject, request, ct);
        return 0;
    }
}
