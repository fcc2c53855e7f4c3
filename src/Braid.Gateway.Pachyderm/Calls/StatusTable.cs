using Braid.Grpc.Statuses;

namespace Braid.Gateway.Pachyderm.Calls;

/// <summary>The one place where a domain's refusal becomes a gRPC status.</summary>
internal static class StatusTable
{
    public static GrpcStatus ToStatus(this Error error) => new(CodeOf(error.Kind), error.Message);

    private static GrpcCode CodeOf(ErrorKind kind) =>
        kind switch
        {
            ErrorKind.InvalidArgument => GrpcCode.InvalidArgument,
            ErrorKind.NotFound => GrpcCode.NotFound,
            ErrorKind.AlreadyExists => GrpcCode.AlreadyExists,
            ErrorKind.FailedPrecondition => GrpcCode.FailedPrecondition,
            ErrorKind.Conflict => GrpcCode.Aborted,
            ErrorKind.Unauthenticated => GrpcCode.Unauthenticated,
            ErrorKind.PermissionDenied => GrpcCode.PermissionDenied,
            ErrorKind.ResourceExhausted => GrpcCode.ResourceExhausted,
            ErrorKind.Unavailable => GrpcCode.Unavailable,
            ErrorKind.Unimplemented => GrpcCode.Unimplemented,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "an error kind without a code"),
        };
}
