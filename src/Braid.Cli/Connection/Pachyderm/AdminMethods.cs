using Braid.Grpc.Methods;
using Braid.Protos.Admin;

namespace Braid.Cli.Connection.Pachyderm;

/// <summary>What the server says about itself.</summary>
internal static class AdminMethods
{
    public static readonly GrpcMethod<InspectClusterRequest, ClusterInfo> InspectCluster = new(
        "admin_v2.API",
        nameof(InspectCluster),
        CallKind.Unary,
        InspectClusterRequest.Parser,
        ClusterInfo.Parser
    );
}
