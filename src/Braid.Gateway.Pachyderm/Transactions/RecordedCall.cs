using Braid.Access.Callers;
using Braid.Data.Pending;
using Braid.Data.Propagation;
using Braid.Protos.Transaction;
using Google.Protobuf;

namespace Braid.Gateway.Pachyderm.Transactions;

/// <summary>A call that may be recorded.</summary>
internal abstract class RecordedCall
{
    /// <summary>False when it is the request of another call.</summary>
    public abstract bool IsIn(TransactionRequest request);

    /// <summary>The change that a request of this call asks for.</summary>
    public abstract Task<Result<IPendingChange>> ReadAsync(
        PachydermRooms rooms,
        Caller caller,
        TransactionRequest request,
        CancellationToken ct
    );
}

/// <inheritdoc />
/// <param name="form">How it is written down.</param>
/// <param name="prepare">What is done outside of any transaction.</param>
/// <param name="run">The change itself, over the rooms that it is given.</param>
internal sealed class RecordedCall<TRequest, TReady, TResponse>(
    RecordedForm<TRequest> form,
    Func<Caller, TRequest, CancellationToken, Task<Result<TReady>>> prepare,
    Func<PachydermRooms, Caller, TReady, CancellationToken, Task<Result<TResponse>>> run
) : RecordedCall
    where TRequest : class
    where TResponse : class, IMessage<TResponse>, new()
{
    public byte[] Wrap(TRequest request) => form.Wrap(request).ToByteArray();

    public static TResponse Answer(byte[] response) => new MessageParser<TResponse>(() => new()).ParseFrom(response);

    /// <summary>Does it now, by itself.</summary>
    public async Task<Result<TResponse>> RunAsync(
        PachydermRooms rooms,
        Caller caller,
        TRequest request,
        CancellationToken ct
    )
    {
        if (!(await prepare(caller, request, ct)).TryGet(out var ready, out var error))
        {
            return error;
        }

        using (ready as IDisposable)
        {
            return await run(rooms, caller, ready, ct);
        }
    }

    public override bool IsIn(TransactionRequest request) => form.Unwrap(request) is not null;

    public override async Task<Result<IPendingChange>> ReadAsync(
        PachydermRooms rooms,
        Caller caller,
        TransactionRequest request,
        CancellationToken ct
    )
    {
        if (form.Unwrap(request) is not { } found)
        {
            return Errors.UnknownRequest();
        }

        return (await prepare(caller, found, ct)).TryGet(out var ready, out var error)
            ? new Change(this, rooms, caller, ready)
            : error;
    }

    private sealed class Change(
        RecordedCall<TRequest, TReady, TResponse> call,
        PachydermRooms rooms,
        Caller caller,
        TReady ready
    ) : IPendingChange
    {
        public async Task<Result<byte[]>> RunAsync(DataTransaction transaction, CancellationToken ct) =>
            (await call.Run(rooms.Within(transaction), caller, ready, ct)).Select(answer => answer.ToByteArray());

        public void Dispose() => (ready as IDisposable)?.Dispose();
    }

    private Task<Result<TResponse>> Run(PachydermRooms at, Caller caller, TReady ready, CancellationToken ct) =>
        run(at, caller, ready, ct);
}
