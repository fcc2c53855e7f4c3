using Braid.Access.Callers;
using Braid.Data.Pending;
using Braid.Protos.Transaction;
using Google.Protobuf;

namespace Braid.Gateway.Pachyderm.Transactions;

/// <summary>Records the requests of this protocol, and reads them again when they are to be carried out.</summary>
internal sealed class RecordedRequests(PachydermRooms rooms) : IPendingReader
{
    private readonly List<RecordedCall> calls = [];

    public void Add(RecordedCall call) => calls.Add(call);

    /// <summary>Records a request in a transaction, and answers as the call will.</summary>
    public async Task<Result<TResponse>> AppendAsync<TRequest, TReady, TResponse>(
        RecordedCall<TRequest, TReady, TResponse> call,
        Caller caller,
        string transaction,
        TRequest request,
        CancellationToken ct
    )
        where TRequest : class
        where TResponse : class, IMessage<TResponse>, new()
    {
        if (!CommitSetId.TryParse(transaction, out var id))
        {
            return Errors.BadTransactionId(transaction);
        }

        var answer = await rooms.Data.Pending.AppendAsync(caller, id, call.Wrap(request), this, ct);
        return answer.Select(RecordedCall<TRequest, TReady, TResponse>.Answer);
    }

    public async Task<Result<IPendingChange>> ReadAsync(Caller caller, byte[] request, CancellationToken ct)
    {
        var message = TransactionRequest.Parser.ParseFrom(request);
        return calls.Find(call => call.IsIn(message)) is { } call
            ? await call.ReadAsync(rooms, caller, message, ct)
            : Errors.UnknownRequest();
    }
}
