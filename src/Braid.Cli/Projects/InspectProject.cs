using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Output;
using Braid.Protos.Pfs;

namespace Braid.Cli.Projects;

internal static class InspectProject
{
    public static Command Command { get; } =
        new Command("inspect project", "<project>", "Show a project.")
        {
            Flags = [.. Flags.Format],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var request = new InspectProjectRequest { Project = new() { Name = call.Arguments[0] } };
        var project = await call.Pach.CallAsync(PfsMethods.InspectProject, request, ct);
        if (format is not null)
        {
            format.Print(project);
            return 0;
        }

        call.Out.WriteLine($"Name: {project.Project.Name}");
        call.Out.WriteLine($"Description: {project.Description}");
        call.Out.WriteLine($"Created: {call.Style.Time(project.CreatedAt)}");
        return 0;
    }
}
