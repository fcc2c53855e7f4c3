using Braid.Access.Callers;
using Braid.Data.Pending;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Protos.Transaction;
using Google.Protobuf;

namespace Braid.Gateway.Pachyderm.Transactions;

/// <summary>The calls about transactions. A client that is inside of one sends its id with these, too: it changes nothing.</summary>
internal sealed class TransactionCalls(PendingTransactions transactions, IPendingReader reader)
{
    private const string service = "transaction_v2.API";

    public void Map(CallTable table)
    {
        table.Apart<StartTransactionRequest, Transaction>(
            service,
            "StartTransaction",
            async (caller, _, ct) => (await transactions.StartAsync(caller, ct)).Select(made => Name(made.Id))
        );
        table.Apart<InspectTransactionRequest, TransactionInfo>(service, "InspectTransaction", InspectAsync);
        table.Apart<ListTransactionRequest, ListTransactionResponse>(service, "ListTransaction", ListAsync);
        table.Apart<DeleteTransactionRequest, Empty>(service, "DeleteTransaction", DeleteAsync);
        table.Apart<FinishTransactionRequest, TransactionInfo>(service, "FinishTransaction", FinishAsync);
        table.Apart<BatchTransactionRequest, TransactionInfo>(service, "BatchTransaction", BatchAsync);
        table.Apart<Braid.Protos.Transaction.DeleteAllRequest, Empty>(
            service,
            "DeleteAll",
            (caller, _, ct) => transactions.DeleteAllAsync(caller, ct).AsEmptyAsync()
        );
    }

    private async Task<Result<TransactionInfo>> InspectAsync(
        Caller caller,
        InspectTransactionRequest request,
        CancellationToken ct
    ) =>
        Id(request.Transaction).TryGet(out var id, out var error)
            ? (await transactions.InspectAsync(caller, id, ct)).Select(TransactionMessages.Info)
            : error;

    private async Task<Result<ListTransactionResponse>> ListAsync(
        Caller caller,
        ListTransactionRequest request,
        CancellationToken ct
    ) =>
        (await transactions.ListAsync(caller, ct)).Select(all => new ListTransactionResponse
        {
            TransactionInfo = { all.Select(TransactionMessages.Info) },
        });

    private async Task<Result<Empty>> DeleteAsync(
        Caller caller,
        DeleteTransactionRequest request,
        CancellationToken ct
    ) =>
        Id(request.Transaction).TryGet(out var id, out var error)
            ? await transactions.DeleteAsync(caller, id, ct).AsEmptyAsync()
            : error;

    private async Task<Result<TransactionInfo>> FinishAsync(
        Caller caller,
        FinishTransactionRequest request,
        CancellationToken ct
    ) =>
        Id(request.Transaction).TryGet(out var id, out var error)
            ? (await transactions.FinishAsync(caller, id, reader, ct)).Select(TransactionMessages.Info)
            : error;

    private async Task<Result<TransactionInfo>> BatchAsync(
        Caller caller,
        BatchTransactionRequest request,
        CancellationToken ct
    )
    {
        byte[][] requests = [.. request.Requests.Select(one => one.ToByteArray())];
        return (await transactions.RunAsync(caller, requests, reader, ct)).Select(TransactionMessages.Info);
    }

    private static Result<CommitSetId> Id(Transaction? transaction) =>
        CommitSetId.TryParse(transaction?.Id, out var id) ? id : Errors.BadTransactionId(transaction?.Id ?? "");

    private static Transaction Name(CommitSetId id) => new() { Id = id.ToString() };
}
