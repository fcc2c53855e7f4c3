using Braid.Grpc.Client;
using Braid.Grpc.Methods;
using Google.Protobuf;

namespace Braid.Cli.Connection;

/// <summary>A connection to the server's Pachyderm door.</summary>
internal sealed class PachClient : IDisposable
{
    private readonly GrpcChannel channel;
    private readonly CallOptions options;

    public PachClient(ServerAddress server, TimeSpan? timeout = null)
    {
        channel = new GrpcChannel(server.Uri);
        options = new CallOptions { Metadata = MetadataOf(server.Token), Timeout = timeout };
    }

    public Task<TResponse> CallAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        TRequest request,
        CancellationToken ct
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => channel.UnaryAsync(method, request, options, ct);

    public IAsyncEnumerable<TResponse> StreamAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        TRequest request,
        CancellationToken ct
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => channel.ServerStreamAsync(method, request, options, ct);

    public Task<TResponse> SendAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        IAsyncEnumerable<TRequest> requests,
        CancellationToken ct
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => channel.ClientStreamAsync(method, requests, options, ct);

    public void Dispose() => channel.Dispose();

    private static Dictionary<string, string> MetadataOf(string? token) =>
        token is null ? [] : new() { ["authn-token"] = token };
}
