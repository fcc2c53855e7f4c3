using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Output;
using Braid.Protos.Pfs;
using Braid.Protos.Pps;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Clusters;

/// <summary>Deletes everything that a server holds, when somebody says yes.</summary>
internal static class DeleteAll
{
    public static Command Command { get; } =
        new Command("delete all", "", "Delete all pipelines, jobs, repos and their files.")
        {
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var repos = await call
            .Pach.StreamAsync(PfsMethods.ListRepo, new ListRepoRequest { Type = "user" }, ct)
            .Select(repo => $"{repo.Repo.Project?.Name}/{repo.Repo.Name}")
            .ToListAsync(ct);
        var pipelines = await call
            .Pach.StreamAsync(PpsMethods.ListPipeline, new ListPipelineRequest(), ct)
            .Select(pipeline => $"{pipeline.Pipeline.Project?.Name}/{pipeline.Pipeline.Name}")
            .ToListAsync(ct);
        Show(call, "Repos", repos);
        Show(call, "Pipelines", pipelines);
        if (!await Confirmation.AskAsync(call))
        {
            call.Error.WriteLine("Nothing was deleted.");
            return 1;
        }

        await call.Pach.CallAsync(PpsMethods.DeleteAll, new Empty(), ct);
        await call.Pach.CallAsync(PfsMethods.DeleteAll, new Empty(), ct);
        return 0;
    }

    private static void Show(Invocation call, string kind, List<string> names)
    {
        if (names.Count > 0)
        {
            call.Error.WriteLine($"{kind} to delete: {string.Join(", ", names)}");
        }
    }
}
