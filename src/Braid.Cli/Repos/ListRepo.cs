using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Pfs;

namespace Braid.Cli.Repos;

internal static class ListRepo
{
    private static readonly Flag all = Flags.Switch(
        "all",
        null,
        "Repos of every type, also those that pipelines keep."
    );
    private static readonly Flag type = Flags.Value("type", null, "Only repos of this type (default \"user\").");

    public static Command Command { get; } =
        new Command("list repo", "", "List the repos.")
        {
            Flags = [all, Flags.AllProjects, Flags.FullTimestamps, .. Flags.Format, Flags.Project, type],
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        Table? table = null;
        await foreach (var repo in call.Pach.StreamAsync(PfsMethods.ListRepo, RequestOf(call), ct))
        {
            if (format is not null)
            {
                format.Print(repo);
                continue;
            }

            table ??= TableFor(call, repo.AuthInfo is not null);
            table.Add([.. CellsOf(call, repo)]);
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
                ? ["PROJECT", "NAME", "CREATED", "SIZE (MASTER)", "ACCESS_LEVEL", "DESCRIPTION"]
                : ["PROJECT", "NAME", "CREATED", "SIZE (MASTER)", "DESCRIPTION"]
        );

    private static IEnumerable<Cell> CellsOf(Invocation call, RepoInfo repo)
    {
        yield return repo.Repo.Project?.Name ?? "";
        yield return Names.Of(repo.Repo);
        yield return call.Style.Time(repo.Created);
        yield return repo.Details is { } details
            ? Sizes.Words(details.SizeBytes)
            : Sizes.AtMost(repo.SizeBytesUpperBound);
        if (repo.AuthInfo is { } access)
        {
            yield return Access.Level(access);
        }

        yield return repo.Description;
    }

    private static ListRepoRequest RequestOf(Invocation call)
    {
        var request = new ListRepoRequest { Type = call.Has(all) ? "" : call.Text(type) ?? "user" };
        if (!call.Has(Flags.AllProjects))
        {
            request.Projects.Add(new Project { Name = call.Project });
        }

        return request;
    }
}
