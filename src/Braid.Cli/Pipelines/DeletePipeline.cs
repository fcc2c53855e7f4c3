using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

internal static class DeletePipeline
{
    private static readonly Flag all = Flags.Switch("all", null, "Delete every pipeline of the project.");
    private static readonly Flag allProjects = Flags.Switch(
        "all-projects",
        'A',
        "Delete every pipeline of every project."
    );
    private static readonly Flag keepRepo = Flags.Switch("keep-repo", null, "Keep the output as an ordinary repo.");

    public static Command Command { get; } =
        new Command("delete pipeline", "[<pipeline>]", "Delete a pipeline with its jobs and its output.")
        {
            Flags = [all, allProjects, Flags.Force, keepRepo, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(0, 1);

    private static Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var isAll = call.Has(all) || call.Has(allProjects);
        return (call.Argument(0), isAll) switch
        {
            ({ }, true) => throw new Failure("cannot use the --all flag with an argument"),
            (null, false) => throw new Failure("either a pipeline name or the --all flag needs to be provided"),
            ({ } name, false) => DeleteAsync(call, name, ct),
            _ => DeleteAllAsync(call, ct),
        };
    }

    private static async Task<int> DeleteAsync(Invocation call, string name, CancellationToken ct)
    {
        var request = new DeletePipelineRequest
        {
            Pipeline = Names.Pipeline(call.Project, name),
            Force = call.Has(Flags.Force),
            KeepRepo = call.Has(keepRepo),
            MustExist = true,
        };
        await call.Pach.CallAsync(PpsMethods.DeletePipeline, request, ct);
        return 0;
    }

    private static async Task<int> DeleteAllAsync(Invocation call, CancellationToken ct)
    {
        var request = new DeletePipelinesRequest
        {
            All = call.Has(allProjects),
            Force = call.Has(Flags.Force),
            KeepRepo = call.Has(keepRepo),
        };
        if (!request.All)
        {
            request.Projects.Add(new Protos.Pfs.Project { Name = call.Project });
        }

        await call.Pach.CallAsync(PpsMethods.DeletePipelines, request, ct);
        return 0;
    }
}
