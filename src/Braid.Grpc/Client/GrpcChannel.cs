using System.Net;
using System.Runtime.CompilerServices;
using Braid.Grpc.Framing;
using Braid.Grpc.Methods;
using Braid.Grpc.Statuses;
using Google.Protobuf;

namespace Braid.Grpc.Client;

/// <summary>
/// Calls one server over HTTP/2: <c>http://host:port</c> without encryption and without an upgrade, <c>https://</c> with TLS.
/// Safe for use by many callers; connections are opened when needed and kept.
/// </summary>
public sealed class GrpcChannel : IDisposable
{
    private static readonly TimeSpan pingEvery = TimeSpan.FromSeconds(20);

    private readonly HttpMessageInvoker http;
    private readonly Uri address;
    private readonly TimeProvider clock;

    public GrpcChannel(Uri address, TimeProvider? clock = null)
        : this(address, NewHandler(), clock) { }

    /// <param name="handler">What carries the requests, for a channel within one process; the channel owns it.</param>
    public GrpcChannel(Uri address, HttpMessageHandler handler, TimeProvider? clock = null)
    {
        this.address = address;
        this.clock = clock ?? TimeProvider.System;
        http = new(handler);
    }

    /// <summary>One message there, one back.</summary>
    /// <exception cref="GrpcException">The call did not succeed.</exception>
    public async Task<TResponse> UnaryAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        TRequest request,
        CallOptions options,
        CancellationToken ct
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        using var call = await StartAsync(method, new SingleMessage(request, options.UseGzip), options, ct);
        return await call.ReadOnlyMessageAsync();
    }

    /// <summary>One message there, a stream back.</summary>
    /// <exception cref="GrpcException">The call did not succeed; messages before that were delivered.</exception>
    public async IAsyncEnumerable<TResponse> ServerStreamAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        TRequest request,
        CallOptions options,
        [EnumeratorCancellation] CancellationToken ct
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        using var call = await StartAsync(method, new SingleMessage(request, options.UseGzip), options, ct);
        while (await call.ReadAsync() is { } message)
        {
            yield return message;
        }
    }

    /// <summary>A stream there, one message back. The stream is read as fast as the server takes it.</summary>
    /// <exception cref="GrpcException">The call did not succeed.</exception>
    public async Task<TResponse> ClientStreamAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        IAsyncEnumerable<TRequest> requests,
        CallOptions options,
        CancellationToken ct
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        using var call = await StartAsync(
            method,
            new MessageStream<TRequest>(requests, options.UseGzip, ct),
            options,
            ct
        );
        return await call.ReadOnlyMessageAsync();
    }

    /// <summary>A stream each way; the two do not wait for each other.</summary>
    /// <exception cref="GrpcException">The call did not succeed; messages before that were delivered.</exception>
    public async IAsyncEnumerable<TResponse> DuplexAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        IAsyncEnumerable<TRequest> requests,
        CallOptions options,
        [EnumeratorCancellation] CancellationToken ct
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        using var call = await StartAsync(
            method,
            new MessageStream<TRequest>(requests, options.UseGzip, ct),
            options,
            ct
        );
        while (await call.ReadAsync() is { } message)
        {
            yield return message;
        }
    }

    public void Dispose() => http.Dispose();

    private static SocketsHttpHandler NewHandler() =>
        new()
        {
            AutomaticDecompression = DecompressionMethods.None,
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = 4 * 1024 * 1024,
            KeepAlivePingDelay = pingEvery,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
            UseCookies = false,
            UseProxy = false,
        };

    private async Task<ClientCall<TResponse>> StartAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        HttpContent content,
        CallOptions options,
        CancellationToken ct
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        var call = new ClientCall<TResponse>(
            address,
            method.Responses,
            method.ResponseSplitter,
            options.Timeout,
            clock,
            ct
        );
        try
        {
            await call.SendAsync(http, CallRequest.Make(new(address, method.Path), content, options));
            return call;
        }
        catch
        {
            call.Dispose();
            throw;
        }
    }
}
