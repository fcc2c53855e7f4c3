using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
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

        var fields = new FieldList(call.Out);
        fields.Write("Name", Names.Of(repo.Repo));
        fields.WriteGiven("Description", repo.Description);
        fields.Write("Created", call.Style.Time(repo.Created));
        fields.Write("Size of HEAD on master", Sizes.Words(repo.Details?.SizeBytes ?? repo.SizeBytesUpperBound));
        Access.Write(fields, repo.AuthInfo);
        return 0;
    }
}
