using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pfs;

namespace Braid.Cli.Projects;

internal static class DeleteProject
{
    public static Command Command { get; } =
        new Command("delete project", "<project>", "Delete a project.")
        {
            Flags = [Flags.Force],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new DeleteProjectRequest
        {
            Project = new() { Name = call.Arguments[0] },
            Force = call.Has(Flags.Force),
        };
        await call.Pach.CallAsync(PfsMethods.DeleteProject, request, ct);
        if (call.Arguments[0] == call.Project)
        {
            call.Error.WriteLine(
                $"warning: deleted current project {call.Project}; update context by running:\n"
                    + "   braid config update context --project PROJECT"
            );
        }

        return 0;
    }
}
