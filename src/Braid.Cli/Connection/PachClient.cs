using System.Runtime.CompilerServices;
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

    /// <summary>What is asked of the server before the first call; null asks nothing.</summary>
    public Greeting? Greeting { get; init; }

    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        TRequest request,
        CancellationToken ct
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        await GreetAsync(ct);
        return await channel.UnaryAsync(method, request, options, ct);
    }

    public async IAsyncEnumerable<TResponse> StreamAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        TRequest request,
        [EnumeratorCancellation] CancellationToken ct
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        await GreetAsync(ct);
        await foreach (var message in channel.ServerStreamAsync(method, request, options, ct))
        {
            yield return message;
        }
    }

    public Task<TResponse> SendAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        IAsyncEnumerable<TRequest> requests,
        CancellationToken ct
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => SendAsync(method, requests, gzip: false, ct);

    /// <param name="gzip">Each message is compressed.</param>
    public async Task<TResponse> SendAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        IAsyncEnumerable<TRequest> requests,
        bool gzip,
        CancellationToken ct
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        await GreetAsync(ct);
        return await channel.ClientStreamAsync(method, requests, options with { UseGzip = gzip }, ct);
    }

    public void Dispose() => channel.Dispose();

    private Task GreetAsync(CancellationToken ct) => Greeting?.OfferAsync(channel, options, ct) ?? Task.CompletedTask;

    private static Dictionary<string, string> MetadataOf(string? token) =>
        token is null ? [] : new() { ["authn-token"] = token };
}
