using Braid.Grpc.Methods;
using Braid.Protos.Metadata;

namespace Braid.Cli.Connection.Pachyderm;

/// <summary>Keys and values that users keep with things.</summary>
internal static class MetadataMethods
{
    public static readonly GrpcMethod<EditMetadataRequest, EditMetadataResponse> EditMetadata = new(
        "metadata.API",
        nameof(EditMetadata),
        CallKind.Unary,
        EditMetadataRequest.Parser,
        EditMetadataResponse.Parser
    );
}
