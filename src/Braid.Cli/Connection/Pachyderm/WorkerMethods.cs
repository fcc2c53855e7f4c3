using Braid.Grpc.Methods;
using Braid.Protos.Worker;

namespace Braid.Cli.Connection.Pachyderm;

/// <summary>What a worker answers to the user code that runs in it.</summary>
internal static class WorkerMethods
{
    public static readonly GrpcMethod<NextDatumRequest, NextDatumResponse> NextDatum = new(
        "pachyderm.worker.Worker",
        nameof(NextDatum),
        CallKind.Unary,
        NextDatumRequest.Parser,
        NextDatumResponse.Parser
    );
}
