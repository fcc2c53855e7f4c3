using Braid.Grpc.Methods;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Connection.Pachyderm;

/// <summary>Which protocol version the server speaks.</summary>
internal static class VersionMethods
{
    public static readonly GrpcMethod<Empty, Protos.Version.Version> GetVersion = new(
        "versionpb_v2.API",
        nameof(GetVersion),
        CallKind.Unary,
        Empty.Parser,
        Protos.Version.Version.Parser
    );
}
