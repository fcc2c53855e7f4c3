using Braid.Access.Callers;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Protos.Admin;
using Braid.Protos.Auth;
using Braid.Protos.Enterprise;
using Braid.Protos.Task;
using Version = Braid.Protos.Version.Version;

namespace Braid.Gateway.Pachyderm.Cluster;

/// <summary>The calls about the server itself: what clients ask before they do anything else.</summary>
internal sealed class ClusterCalls(PachydermRooms rooms)
{
    private const string pfs = "pfs_v2.API";
    private const string pps = "pps_v2.API";

    /// <summary>Tells Braid's own client where, on this host, the calls are that Pachyderm's protocol does not have.</summary>
    private const string webPort = "braid.web.port";

    /// <summary>The release whose protocol is spoken; clients refuse another major version.</summary>
    private static readonly Version version = new()
    {
        Major = 2,
        Minor = 11,
        Micro = 6,
        Additional = "",
        Platform = "braid",
    };

    public void Map(CallTable table)
    {
        table.Public<Empty, Version>("versionpb_v2.API", "GetVersion", _ => version);
        table.Public<InspectClusterRequest, ClusterInfo>("admin_v2.API", "InspectCluster", InspectAsync);
        table.Public<GetStateRequest, GetStateResponse>("enterprise_v2.API", "GetState", _ => new GetStateResponse());
        table.Public<PauseStatusRequest, PauseStatusResponse>(
            "enterprise_v2.API",
            "PauseStatus",
            _ => new PauseStatusResponse()
        );
        table.Apart<WhoAmIRequest, WhoAmIResponse>("auth_v2.API", "WhoAmI", WhoAmIAsync, CallState.Partly);
        table.Unary<Empty, Empty>(pfs, "DeleteAll", DeleteAllAsync);
        table.Stream<ListTaskRequest, TaskInfo>(pfs, "ListTask", NoTasksAsync);
        table.Stream<ListTaskRequest, TaskInfo>(pps, "ListTask", NoTasksAsync);
    }

    private async Task<ClusterInfo> InspectAsync(InspectClusterRequest request, CancellationToken ct)
    {
        var info = new ClusterInfo
        {
            Id = rooms.DeploymentId,
            DeploymentId = rooms.DeploymentId,
            WarningsOk = true,
            WebResources = new(),
        };
        info.Metadata.Fill(await rooms.Data.Annotations.OfClusterAsync(ct));
        if (rooms.WebPort() is { } port)
        {
            info.Metadata[webPort] = $"{port}";
        }

        return info;
    }

    /// <summary>Clients find out by this call whether they need to log in at all.</summary>
    private Task<Result<WhoAmIResponse>> WhoAmIAsync(Caller caller, WhoAmIRequest request, CancellationToken ct) =>
        Task.FromResult<Result<WhoAmIResponse>>(
            rooms.Authenticator.IsOpen
                ? Errors.AuthNotActivated()
                : new WhoAmIResponse { Username = $"user:{caller.Name}" }
        );

    /// <summary>
    /// Defaults are administrators' alone: who is none has changed nothing when it is refused. Pipelines own repos, so they go before them.
    /// </summary>
    private async Task<Result<Empty>> DeleteAllAsync(Caller caller, Empty request, CancellationToken ct)
    {
        var forgotten = await rooms.Defaults.ForgetAsync(caller, null, ct);
        if (!forgotten.IsOk)
        {
            return forgotten.Error;
        }

        var pipelines = await rooms.Pipelines.DeleteAllAsync(caller, [], force: true, keepRepo: false, ct);
        return pipelines.IsOk ? await rooms.Data.DeleteAllAsync(caller, ct).AsEmptyAsync() : pipelines.Error;
    }

    /// <summary>Work is not cut into such tasks here, so there are never any.</summary>
    private static Task<Result<Answers<TaskInfo>>> NoTasksAsync(
        Caller caller,
        ListTaskRequest request,
        CancellationToken ct
    ) => Task.FromResult<Result<Answers<TaskInfo>>>(new Answers<TaskInfo>([]));
}
