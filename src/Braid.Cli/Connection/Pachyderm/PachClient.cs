using System.Runtime.CompilerServices;
using Braid.Grpc.Client;
using Braid.Grpc.Methods;
using Google.Protobuf;

namespace Braid.Cli.Connection.Pachyderm;

/// <summary>A connection to the server's Pachyderm door.</summary>
internal sealed class PachClient : IDisposable
{
    private readonly GrpcChannel channel;
    private readonly CallOptions options;
    private readonly string? transaction;

    public PachClient(ServerAddress server, TimeSpan? timeout = null)
    {
        channel = new GrpcChannel(server.Uri);
        transaction = server.Transaction;
        options = new CallOptions { Metadata = MetadataOf(server), Timeout = timeout };
    }

    /// <summary>Told the transaction that a call was added to.</summary>
    public Action<string>? Added { get; init; }

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
        var answer = await channel.UnaryAsync(method, request, options, ct);
        if (transaction is not null && TransactionMethods.Records(method.Name))
        {
            Added?.Invoke(transaction);
        }

        return answer;
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

    private static Dictionary<string, string> MetadataOf(ServerAddress server)
    {
        var metadata = new Dictionary<string, string>();
        if (server.Token is { } token)
        {
            metadata["authn-token"] = token;
        }

        if (server.Transaction is { } transaction)
        {
            metadata["pach-transaction"] = transaction;
        }

        return metadata;
    }
}
