using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Output;
using Braid.Protos.Pfs;

namespace Braid.Cli.Projects;

internal static class ListProject
{
    public static Command Command { get; } =
        new Command("list project", "", "List the projects.") { Flags = [.. Flags.Format], RunAsync = RunAsync }.Taking(
            0
        );

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var table = new Table(call.Out, "ACTIVE", "PROJECT", "CREATED", "DESCRIPTION") { IsOpenEnded = true };
        await foreach (var project in call.Pach.StreamAsync(PfsMethods.ListProject, new ListProjectRequest(), ct))
        {
            format?.Print(project);
            table.Add(
                project.Project.Name == call.Project ? "*" : "",
                project.Project.Name,
                call.Style.Time(project.CreatedAt),
                project.Description
            );
        }

        if (format is null)
        {
            table.Finish();
        }

        return 0;
    }
}
