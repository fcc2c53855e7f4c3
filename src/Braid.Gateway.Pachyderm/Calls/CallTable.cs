using Braid.Access.Callers;
using Braid.Gateway.Pachyderm.Transactions;
using Braid.Grpc.Framing;
using Braid.Grpc.Hosting.Calls;
using Braid.Grpc.Hosting.Dispatch;
using Braid.Grpc.Methods;
using Braid.Grpc.Statuses;
using Google.Protobuf;

namespace Braid.Gateway.Pachyderm.Calls;

/// <summary>
/// Every call of the protocol, with what answers it and how far. Areas add their calls with handlers that take the caller
/// and return results; here, and only here, the caller is found, the transaction header is looked at, and an error becomes
/// a status.
/// </summary>
/// <remarks>
/// A call that names a transaction is answered by what its entry says about transactions: one that was added as
/// <see cref="Apart{TRequest,TResponse}"/>, <see cref="Stream{TRequest,TResponse}"/> or
/// <see cref="Public{TRequest,TResponse}"/> is answered as ever; one added as <c>Change</c> is recorded; all others are
/// refused, because doing at once what the client wants to happen later, together, would be wrong without a word.
/// </remarks>
internal sealed class CallTable(PachydermRooms rooms)
{
    private const string transactionKey = "pach-transaction";

    private readonly CallerFinder callers = new(rooms.Authenticator);
    private readonly RecordedRequests recorded = new(rooms);
    private readonly SortedDictionary<string, CallState> states = new(StringComparer.Ordinal);

    /// <summary>What the server dispatches by.</summary>
    public GrpcMethodTable Methods { get; } = new();

    /// <summary>The state of every call, by <c>service/name</c>.</summary>
    public IReadOnlyDictionary<string, CallState> States => states;

    /// <summary>What has been recorded, for those who carry it out.</summary>
    public RecordedRequests Recorded => recorded;

    /// <summary>
    /// One message in, one out; done at once, also inside a transaction: what reads, and what clients expect to be no part
    /// of one.
    /// </summary>
    public void Apart<TRequest, TResponse>(
        string service,
        string name,
        Func<Caller, TRequest, CancellationToken, Task<Result<TResponse>>> handle,
        CallState state = CallState.Works
    )
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Methods.Unary(
            Method<TRequest, TResponse>(service, name, CallKind.Unary, state),
            async (request, call, ct) => ToReply(await WithCallerAsync(call, caller => handle(caller, request, ct), ct))
        );

    /// <summary>One message in, one out; a change that may be recorded, to be made with others later.</summary>
    /// <param name="form">How it is written down.</param>
    /// <param name="bind">The handler over the rooms that it is given: those of the door, or of a transaction.</param>
    public void Change<TRequest, TResponse>(
        string service,
        string name,
        RecordedForm<TRequest> form,
        Func<PachydermRooms, Func<Caller, TRequest, CancellationToken, Task<Result<TResponse>>>> bind,
        CallState state = CallState.Works
    )
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Change(
            service,
            name,
            form,
            (_, request, _) => Task.FromResult<Result<TRequest>>(request),
            (at, caller, request, ct) => bind(at)(caller, request, ct),
            state
        );

    /// <summary>As above, of a change that must be made ready outside of the transaction.</summary>
    public void Change<TRequest, TReady, TResponse>(
        string service,
        string name,
        RecordedForm<TRequest> form,
        Func<Caller, TRequest, CancellationToken, Task<Result<TReady>>> prepare,
        Func<PachydermRooms, Caller, TReady, CancellationToken, Task<Result<TResponse>>> run,
        CallState state = CallState.Works
    )
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var change = new RecordedCall<TRequest, TReady, TResponse>(form, prepare, run);
        recorded.Add(change);
        Methods.Unary(
            Method<TRequest, TResponse>(service, name, CallKind.Unary, state),
            async (request, call, ct) =>
                ToReply(
                    await WithCallerAsync(
                        call,
                        caller =>
                            TransactionOf(call) is { } transaction
                                ? recorded.AppendAsync(change, caller, transaction, request, ct)
                                : change.RunAsync(rooms, caller, request, ct),
                        ct
                    )
                )
        );
    }

    /// <summary>One message in, one out; a change that cannot be part of a transaction.</summary>
    public void Unary<TRequest, TResponse>(
        string service,
        string name,
        Func<Caller, TRequest, CancellationToken, Task<Result<TResponse>>> handle,
        CallState state = CallState.Works
    )
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Methods.Unary(
            Method<TRequest, TResponse>(service, name, CallKind.Unary, state),
            async (request, call, ct) =>
                ToReply(await AloneAsync(service, name, call, caller => handle(caller, request, ct), ct))
        );

    /// <summary>One message in, a stream out; nothing is changed.</summary>
    public void Stream<TRequest, TResponse>(
        string service,
        string name,
        Func<Caller, TRequest, CancellationToken, Task<Result<Answers<TResponse>>>> handle,
        CallState state = CallState.Works
    )
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Methods.ServerStreaming(
            Method<TRequest, TResponse>(service, name, CallKind.ServerStreaming, state),
            async (request, output, call, ct) =>
            {
                var answers = await WithCallerAsync(call, caller => handle(caller, request, ct), ct);
                if (!answers.TryGet(out var found, out var error))
                {
                    return error.ToStatus();
                }

                await output.WriteAllAsync(found.All, ct);
                return GrpcStatus.Ok;
            }
        );

    /// <summary>A stream in, one message out; a change that cannot be part of a transaction.</summary>
    /// <param name="splitter">Splits large messages; the bytes of one are then valid until the next is read.</param>
    public void Upload<TRequest, TResponse>(
        string service,
        string name,
        Func<Caller, RequestReader<TRequest>, CancellationToken, Task<Result<TResponse>>> handle,
        CallState state = CallState.Works,
        IMessageSplitter<TRequest>? splitter = null
    )
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Methods.ClientStreaming(
            Method<TRequest, TResponse>(service, name, CallKind.ClientStreaming, state) with
            {
                RequestSplitter = splitter,
            },
            async (requests, call, ct) =>
                ToReply(await AloneAsync(service, name, call, caller => handle(caller, requests, ct), ct))
        );

    /// <summary>A stream in, a stream out, message by message as the two go on; nothing is changed.</summary>
    public void Dialogue<TRequest, TResponse>(
        string service,
        string name,
        Func<Caller, RequestReader<TRequest>, ResponseWriter<TResponse>, CancellationToken, Task<Result<Unit>>> handle,
        CallState state = CallState.Works
    )
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Methods.DuplexStreaming(
            Method<TRequest, TResponse>(service, name, CallKind.DuplexStreaming, state),
            async (requests, output, call, ct) =>
            {
                var done = await WithCallerAsync(call, caller => handle(caller, requests, output, ct), ct);
                return done.Error?.ToStatus() ?? GrpcStatus.Ok;
            }
        );

    /// <summary>A call that is asked before anybody can log in, and tells no secrets.</summary>
    public void Public<TRequest, TResponse>(
        string service,
        string name,
        Func<TRequest, Result<TResponse>> handle,
        CallState state = CallState.Works
    )
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Methods.Unary(
            Method<TRequest, TResponse>(service, name, CallKind.Unary, state),
            (request, _, _) => Task.FromResult(ToReply(handle(request)))
        );

    /// <inheritdoc cref="Public{TRequest, TResponse}(string, string, Func{TRequest, Result{TResponse}}, CallState)"/>
    public void Public<TRequest, TResponse>(
        string service,
        string name,
        Func<TRequest, CancellationToken, Task<TResponse>> handle
    )
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        Methods.Unary(
            Method<TRequest, TResponse>(service, name, CallKind.Unary, CallState.Works),
            async (request, _, ct) => await handle(request, ct)
        );

    /// <summary>A call of the protocol that says that it is not supported, or not on this port.</summary>
    public void Refuse(string service, string name, Error why, CallState state = CallState.NotYet)
    {
        var method = Method<Empty, Empty>(service, name, CallKind.DuplexStreaming, state);
        Methods.DuplexStreaming(method, (_, _, _, _) => Task.FromResult(why.ToStatus()));
    }

    public bool Has(string service, string name) => states.ContainsKey($"{service}/{name}");

    private static Reply<T> ToReply<T>(Result<T> result)
        where T : class => result.TryGet(out var message, out var error) ? message : error.ToStatus();

    private GrpcMethod<TRequest, TResponse> Method<TRequest, TResponse>(
        string service,
        string name,
        CallKind kind,
        CallState state
    )
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        states.Add($"{service}/{name}", state);
        return new(service, name, kind, new(() => new TRequest()), new(() => new TResponse()));
    }

    private static string? TransactionOf(ServerCall call) =>
        call.Metadata(transactionKey) is { Length: > 0 } transaction ? transaction : null;

    private async Task<Result<T>> AloneAsync<T>(
        string service,
        string name,
        ServerCall call,
        Func<Caller, Task<Result<T>>> handle,
        CancellationToken ct
    ) =>
        TransactionOf(call) is { } transaction
            ? Errors.NotInTransaction($"{service}/{name}", transaction)
            : await WithCallerAsync(call, handle, ct);

    private async Task<Result<T>> WithCallerAsync<T>(
        ServerCall call,
        Func<Caller, Task<Result<T>>> handle,
        CancellationToken ct
    ) => (await callers.FindAsync(call, ct)).TryGet(out var caller, out var error) ? await handle(caller) : error;
}
