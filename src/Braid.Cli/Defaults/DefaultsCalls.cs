using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pps;

namespace Braid.Cli.Defaults;

/// <param name="Json">The new defaults.</param>
/// <param name="Regenerate">Pipelines that they change are updated.</param>
/// <param name="Reprocess">Those run all their datums again.</param>
/// <param name="IsDryRun">Nothing changes.</param>
internal sealed record DefaultsChange(string Json, bool Regenerate, bool Reprocess, bool IsDryRun);

/// <summary>The same calls for the cluster and for a project.</summary>
internal static class DefaultsCalls
{
    public static async Task<string> GetAsync(Invocation call, bool ofCluster, CancellationToken ct)
    {
        if (ofCluster)
        {
            var cluster = new GetClusterDefaultsRequest();
            return (await call.Pach.CallAsync(PpsMethods.GetClusterDefaults, cluster, ct)).ClusterDefaultsJson;
        }

        var project = new GetProjectDefaultsRequest { Project = new() { Name = call.Project } };
        return (await call.Pach.CallAsync(PpsMethods.GetProjectDefaults, project, ct)).ProjectDefaultsJson;
    }

    /// <summary>The pipelines that it changes, or would.</summary>
    public static async Task<IReadOnlyList<Pipeline>> SetAsync(
        Invocation call,
        bool ofCluster,
        DefaultsChange change,
        CancellationToken ct
    )
    {
        if (ofCluster)
        {
            var cluster = new SetClusterDefaultsRequest
            {
                ClusterDefaultsJson = change.Json,
                Regenerate = change.Regenerate,
                Reprocess = change.Reprocess,
                DryRun = change.IsDryRun,
            };
            return (await call.Pach.CallAsync(PpsMethods.SetClusterDefaults, cluster, ct)).AffectedPipelines;
        }

        var project = new SetProjectDefaultsRequest
        {
            Project = new() { Name = call.Project },
            ProjectDefaultsJson = change.Json,
            Regenerate = change.Regenerate,
            Reprocess = change.Reprocess,
            DryRun = change.IsDryRun,
        };
        return (await call.Pach.CallAsync(PpsMethods.SetProjectDefaults, project, ct)).AffectedPipelines;
    }
}
