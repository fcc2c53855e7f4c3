using Braid.Access.Callers;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines.Defaults;

namespace Braid.Gateway.Pachyderm.Defaults;

/// <summary>The calls about what specs need not say.</summary>
internal sealed class DefaultsCalls(SpecDefaults defaults)
{
    private const string pps = "pps_v2.API";

    public void Map(CallTable table)
    {
        table.Apart<Pps.GetClusterDefaultsRequest, Pps.GetClusterDefaultsResponse>(
            pps,
            "GetClusterDefaults",
            async (_, _, ct) =>
                new Pps.GetClusterDefaultsResponse { ClusterDefaultsJson = await defaults.OfClusterAsync(ct) }
        );
        table.Unary<Pps.SetClusterDefaultsRequest, Pps.SetClusterDefaultsResponse>(
            pps,
            "SetClusterDefaults",
            SetClusterAsync
        );
        table.Apart<Pps.GetProjectDefaultsRequest, Pps.GetProjectDefaultsResponse>(
            pps,
            "GetProjectDefaults",
            GetProjectAsync
        );
        table.Unary<Pps.SetProjectDefaultsRequest, Pps.SetProjectDefaultsResponse>(
            pps,
            "SetProjectDefaults",
            SetProjectAsync
        );
    }

    private async Task<Result<Pps.SetClusterDefaultsResponse>> SetClusterAsync(
        Caller caller,
        Pps.SetClusterDefaultsRequest request,
        CancellationToken ct
    )
    {
        var change = new DefaultsChange(request.Regenerate, request.Reprocess, request.DryRun);
        var affected = await defaults.SetClusterAsync(caller, request.ClusterDefaultsJson, change, ct);
        return affected.Select(all =>
        {
            var response = new Pps.SetClusterDefaultsResponse();
            response.AffectedPipelines.AddRange(all.Select(WireNames.ToWire));
            return response;
        });
    }

    private async Task<Result<Pps.GetProjectDefaultsResponse>> GetProjectAsync(
        Caller caller,
        Pps.GetProjectDefaultsRequest request,
        CancellationToken ct
    ) =>
        (await defaults.OfProjectAsync(caller, WireNames.Project(request.Project), ct)).Select(
            found => new Pps.GetProjectDefaultsResponse
            {
                ProjectDefaultsJson = found.Json,
                CreatedBy = found.MadeBy,
                CreatedAt = found.MadeAt?.ToWire(),
            }
        );

    private async Task<Result<Pps.SetProjectDefaultsResponse>> SetProjectAsync(
        Caller caller,
        Pps.SetProjectDefaultsRequest request,
        CancellationToken ct
    )
    {
        var change = new DefaultsChange(request.Regenerate, request.Reprocess, request.DryRun);
        var affected = await defaults.SetProjectAsync(
            caller,
            WireNames.Project(request.Project),
            request.ProjectDefaultsJson,
            change,
            ct
        );
        return affected.Select(all =>
        {
            var response = new Pps.SetProjectDefaultsResponse();
            response.AffectedPipelines.AddRange(all.Select(WireNames.ToWire));
            return response;
        });
    }
}
