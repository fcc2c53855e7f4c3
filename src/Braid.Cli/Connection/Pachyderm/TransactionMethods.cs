using System.Collections.Frozen;
using Braid.Grpc.Methods;
using Braid.Protos.Transaction;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Connection.Pachyderm;

/// <summary>The calls about transactions.</summary>
internal static class TransactionMethods
{
    private const string Service = "transaction_v2.API";

    public static readonly GrpcMethod<StartTransactionRequest, Transaction> Start = Unary<
        StartTransactionRequest,
        Transaction
    >("StartTransaction");

    public static readonly GrpcMethod<InspectTransactionRequest, TransactionInfo> Inspect = Unary<
        InspectTransactionRequest,
        TransactionInfo
    >("InspectTransaction");

    public static readonly GrpcMethod<ListTransactionRequest, ListTransactionResponse> List = Unary<
        ListTransactionRequest,
        ListTransactionResponse
    >("ListTransaction");

    public static readonly GrpcMethod<DeleteTransactionRequest, Empty> Delete = Unary<DeleteTransactionRequest, Empty>(
        "DeleteTransaction"
    );

    public static readonly GrpcMethod<FinishTransactionRequest, TransactionInfo> Finish = Unary<
        FinishTransactionRequest,
        TransactionInfo
    >("FinishTransaction");

    /// <summary>The calls that a server records when they name a transaction; others it answers as ever, or refuses.</summary>
    private static readonly FrozenSet<string> recorded =
    [
        "CreateRepo",
        "DeleteRepo",
        "StartCommit",
        "FinishCommit",
        "SquashCommitSet",
        "CreateBranch",
        "DeleteBranch",
        "StopJob",
        "CreatePipeline",
        "CreatePipelineV2",
    ];

    public static bool Records(string method) => recorded.Contains(method);

    private static GrpcMethod<TRequest, TResponse> Unary<TRequest, TResponse>(string name)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        new(Service, name, CallKind.Unary, new(() => new()), new(() => new()));
}
