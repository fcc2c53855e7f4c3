namespace Braid.Grpc.Statuses;

/// <summary>A call that did not succeed, as its client sees it.</summary>
public sealed class GrpcException(GrpcStatus status, Exception? cause = null) : Exception(status.ToString(), cause)
{
    public GrpcException(GrpcCode code, string message, Exception? cause = null)
        : this(new GrpcStatus(code, message), cause) { }

    public GrpcStatus Status { get; } = status;
}
