using Braid.Grpc.Statuses;

namespace Braid.Gateway.Pachyderm.Calls;

/// <summary>The one place where a domain's refusal becomes a gRPC status.</summary>
internal static class StatusTable
{
    public static GrpcStatus ToStatus(this Error error) => new(CodeOf(error.Kind), error.Message);

    /// <summary>What is told about something thrown; null when only the log says more.</summary>
    public static GrpcStatus? OfFault(Exception thrown) => Fault.Of(thrown)?.ToStatus();

    /// <summary>The value, or the end of the call: for refusals that come up when part of a stream has been sent.</summary>
    /// <exception cref="GrpcException">There is no value.</exception>
    public static T OrEndCall<T>(this Result<T> result) =>
        result.TryGet(out var value, out var error) ? value : throw new GrpcException(error.ToStatus());

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
            ErrorKind.NoSpace => GrpcCode.ResourceExhausted,
            ErrorKind.DiskFailed => GrpcCode.Internal,
            ErrorKind.DataLoss => GrpcCode.DataLoss,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "an error kind without a code"),
        };
}
