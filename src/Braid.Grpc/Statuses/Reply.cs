using System.Diagnostics.CodeAnalysis;

namespace Braid.Grpc.Statuses;

/// <summary>What a handler of one answer returns: the answer, or the status that says why there is none.</summary>
public readonly struct Reply<T>
    where T : class
{
    private Reply(T? message, GrpcStatus status)
    {
        Message = message;
        Status = status;
    }

    /// <summary>Null when the status is not OK.</summary>
    public T? Message { get; }

    public GrpcStatus Status { get; }

    [MemberNotNullWhen(true, nameof(Message))]
    public bool IsOk => Status.IsOk;

    public static implicit operator Reply<T>(T message) => new(message, GrpcStatus.Ok);

    public static implicit operator Reply<T>(GrpcStatus status) => new(null, status);
}
