using System.Collections.Frozen;
using Braid.Grpc.Hosting.Calls;
using Braid.Grpc.Methods;
using Braid.Grpc.Statuses;
using Google.Protobuf;

namespace Braid.Grpc.Hosting.Dispatch;

/// <summary>
/// The calls a server answers: a handler for each method, typed at registration, so that nothing is looked up by
/// reflection. Handlers return statuses for what they expect to go wrong; an exception is a bug and is reported as one.
/// </summary>
public sealed class GrpcMethodTable
{
    private readonly Dictionary<string, CallHandler> handlers = new(StringComparer.Ordinal);
    private readonly SortedSet<string> services = new(StringComparer.Ordinal);

    /// <summary>The full names of the services that have a method here.</summary>
    public IReadOnlyCollection<string> Services => services;

    /// <summary>The paths (<c>/service/method</c>) that have a handler.</summary>
    public IReadOnlyCollection<string> Paths => handlers.Keys;

    /// <summary>One message in, one out.</summary>
    public void Unary<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        Func<TRequest, ServerCall, CancellationToken, Task<Reply<TResponse>>> handle
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        Add(
            method,
            CallKind.Unary,
            async (http, call, ct) =>
            {
                var request = await new RequestReader<TRequest>(http, method.Requests).ReadOnlyMessageAsync(ct);
                return await SendAsync(new ResponseWriter<TResponse>(http), await handle(request, call, ct), ct);
            }
        );

    /// <summary>One message in, a stream out.</summary>
    public void ServerStreaming<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        Func<TRequest, ResponseWriter<TResponse>, ServerCall, CancellationToken, Task<GrpcStatus>> handle
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        Add(
            method,
            CallKind.ServerStreaming,
            async (http, call, ct) =>
            {
                var request = await new RequestReader<TRequest>(http, method.Requests).ReadOnlyMessageAsync(ct);
                return await handle(request, new(http), call, ct);
            }
        );

    /// <summary>A stream in, one message out.</summary>
    public void ClientStreaming<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        Func<RequestReader<TRequest>, ServerCall, CancellationToken, Task<Reply<TResponse>>> handle
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        Add(
            method,
            CallKind.ClientStreaming,
            async (http, call, ct) =>
                await SendAsync(
                    new ResponseWriter<TResponse>(http),
                    await handle(new(http, method.Requests, method.RequestSplitter), call, ct),
                    ct
                )
        );

    /// <summary>A stream in, a stream out.</summary>
    public void DuplexStreaming<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        Func<RequestReader<TRequest>, ResponseWriter<TResponse>, ServerCall, CancellationToken, Task<GrpcStatus>> handle
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        Add(
            method,
            CallKind.DuplexStreaming,
            (http, call, ct) => handle(new(http, method.Requests, method.RequestSplitter), new(http), call, ct)
        );

    internal FrozenDictionary<string, CallHandler> Freeze() => handlers.ToFrozenDictionary(StringComparer.Ordinal);

    private static async Task<GrpcStatus> SendAsync<T>(ResponseWriter<T> output, Reply<T> reply, CancellationToken ct)
        where T : class, IMessage<T>
    {
        if (reply.IsOk)
        {
            await output.WriteAsync(reply.Message, ct);
        }

        return reply.Status;
    }

    private void Add<TRequest, TResponse>(GrpcMethod<TRequest, TResponse> method, CallKind kind, CallHandler handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        if (method.Kind != kind)
        {
            throw new ArgumentException($"{method.Path} is {method.Kind}, but its handler is {kind}", nameof(method));
        }

        handlers.Add(method.Path, handler);
        services.Add(method.Service);
    }
}
