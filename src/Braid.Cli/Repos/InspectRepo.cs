using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Pfs;

namespace Braid.Cli.Repos;

internal static class InspectRepo
{
    public static Command Command { get; } =
        new Command("inspect repo", "<repo>", "Show a repo.")
        {
            Flags = [Flags.FullTimestamps, .. Flags.Format, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var request = new InspectRepoRequest { Repo = Names.Repo(call.Project, call.Arguments[0]) };
        var repo = await call.Pach.CallAsync(PfsMethods.InspectRepo, request, ct);
        if (format is not null)
        {
            format.Print(repo);
            return 0;
        }

        call.Out.WriteLine($"Name: {Names.Of(repo.Repo)}");
        if (repo.Description.Length > 0)
        {
            call.Out.WriteLine($"Description: {repo.Description}");
        }

        call.Out.WriteLine($"Created: {call.Style.Time(repo.Created)}");
        call.Out.WriteLine(
            $"Size of HEAD on master: {Sizes.Words(repo.Details?.SizeBytes ?? repo.SizeBytesUpperBound)}"
        );
        return 0;
    }
}
