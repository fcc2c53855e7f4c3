using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
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
        Table? table = null;
        await foreach (var project in call.Pach.StreamAsync(PfsMethods.ListProject, new ListProjectRequest(), ct))
        {
            if (format is not null)
            {
                format.Print(project);
                continue;
            }

            table ??= TableFor(call, project.AuthInfo is not null);
            table.Add([.. CellsOf(call, project)]);
        }

        if (format is null)
        {
            (table ?? TableFor(call, showsAccess: false)).Finish();
        }

        return 0;
    }

    private static Table TableFor(Invocation call, bool showsAccess) =>
        new(
            call.Out,
            showsAccess
                ? ["ACTIVE", "PROJECT", "ACCESS_LEVEL", "CREATED", "DESCRIPTION"]
                : ["ACTIVE", "PROJECT", "CREATED", "DESCRIPTION"]
        )
        {
            IsOpenEnded = true,
        };

    private static IEnumerable<Cell> CellsOf(Invocation call, ProjectInfo project)
    {
        yield return project.Project.Name == call.Project ? "*" : " ";
        yield return project.Project.Name;
        if (project.AuthInfo is { } access)
        {
            yield return Access.Level(access);
        }

        yield return call.Style.Time(project.CreatedAt);
        yield return project.Description.Length > 0 ? project.Description : Style.Missing;
    }
}
