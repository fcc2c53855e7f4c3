namespace Braid.Grpc.Methods;

/// <summary>Which side sends a stream of messages.</summary>
public enum CallKind
{
    Unary,
    ServerStreaming,
    ClientStreaming,
    DuplexStreaming,
}
