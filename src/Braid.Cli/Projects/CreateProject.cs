using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Protos.Pfs;

namespace Braid.Cli.Projects;

internal static class CreateProject
{
    public static Command Command { get; } =
        new Command("create project", "<project>", "Create a project.")
        {
            Flags = [Flags.Description],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new CreateProjectRequest
        {
            Project = new() { Name = call.Arguments[0] },
            Description = call.Text(Flags.Description) ?? "",
        };
        await call.Pach.CallAsync(PfsMethods.CreateProject, request, ct);
        return 0;
    }
}
