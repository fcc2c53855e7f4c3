using Braid.Grpc.Framing;
using Google.Protobuf;

namespace Braid.Grpc.Methods;

/// <summary>
/// One call of a service: its path on the wire and how its messages are read. Client and server share it, so that neither
/// needs reflection.
/// </summary>
/// <param name="Service">The full name, e.g. <c>pfs_v2.API</c>.</param>
/// <param name="Name">The call's own name, e.g. <c>CreateRepo</c>.</param>
public sealed record GrpcMethod<TRequest, TResponse>(
    string Service,
    string Name,
    CallKind Kind,
    MessageParser<TRequest> Requests,
    MessageParser<TResponse> Responses
)
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    /// <summary>The request path, <c>/service/name</c>.</summary>
    public string Path { get; } = $"/{Service}/{Name}";

    /// <summary>Splits large requests where they are read; a request's bytes are then valid until the next one is read.</summary>
    public IMessageSplitter<TRequest>? RequestSplitter { get; init; }

    /// <summary>Splits large answers where they are read; an answer's bytes are then valid until the next one is read.</summary>
    public IMessageSplitter<TResponse>? ResponseSplitter { get; init; }
}
