using Braid.Data.Pending;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Protos.Transaction;

namespace Braid.Gateway.Pachyderm.Transactions;

/// <summary>Transactions on the wire.</summary>
internal static class TransactionMessages
{
    public static TransactionInfo Info(PendingTransaction transaction)
    {
        var info = new TransactionInfo
        {
            Transaction = new() { Id = transaction.Id.ToString() },
            Started = transaction.Started.ToWire(),
            Version = (ulong)transaction.Version,
        };
        foreach (var recorded in transaction.Requests)
        {
            var request = TransactionRequest.Parser.ParseFrom(recorded.Request);
            info.Requests.Add(request);
            info.Responses.Add(Response(request, recorded.Response));
        }

        return info;
    }

    /// <summary>Of what calls answer, only the commit that one has started has a place in the message.</summary>
    private static TransactionResponse Response(TransactionRequest request, byte[] answer) =>
        request.StartCommit is null ? new() : new() { Commit = Pfs.Commit.Parser.ParseFrom(answer) };
}
