using Braid.Grpc.Methods;
using Braid.Protos.Auth;

namespace Braid.Cli.Connection.Pachyderm;

/// <summary>Who calls.</summary>
internal static class AuthMethods
{
    public static readonly GrpcMethod<WhoAmIRequest, WhoAmIResponse> WhoAmI = new(
        "auth_v2.API",
        nameof(WhoAmI),
        CallKind.Unary,
        WhoAmIRequest.Parser,
        WhoAmIResponse.Parser
    );
}
