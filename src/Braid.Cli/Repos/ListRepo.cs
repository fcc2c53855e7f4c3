using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
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
        var table = new Table(call.Out, "PROJECT", "NAME", "CREATED", "SIZE (MASTER)", "DESCRIPTION");
        await foreach (var repo in call.Pach.StreamAsync(PfsMethods.ListRepo, RequestOf(call), ct))
        {
            format?.Print(repo);
            table.Add(
                repo.Repo.Project?.Name ?? "",
                Names.Of(repo.Repo),
                call.Style.Time(repo.Created),
                repo.Details is { } details ? Sizes.Words(details.SizeBytes) : Sizes.AtMost(repo.SizeBytesUpperBound),
                repo.Description
            );
        }

        if (format is null)
        {
            table.Finish();
        }

        return 0;
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
