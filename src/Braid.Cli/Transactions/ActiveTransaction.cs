using Braid.Cli.CommandLine;
using Braid.Protos.Transaction;

namespace Braid.Cli.Transactions;

/// <summary>The transaction that the context is in: commands that can be part of one are added to it.</summary>
internal static class ActiveTransaction
{
    public static string? Of(Invocation call) => call.Server.Transaction;

    /// <summary>The one that the first argument names, or the active one.</summary>
    /// <exception cref="Failure">There is neither.</exception>
    public static Transaction Named(Invocation call) =>
        new()
        {
            Id =
                call.Argument(0)
                ?? Of(call)
                ?? throw new Failure(
                    "no active transaction: name one (braid list transaction), or start one with braid start transaction"
                ),
        };

    /// <summary>Remembers it in the context; null: none any more.</summary>
    public static void Set(Invocation call, string? id) =>
        call.Server.Context?.Change(call.World, call.Server.Uri, context => context.ActiveTransaction = id);

    /// <summary>Forgets it when it is the active one.</summary>
    public static void Clear(Invocation call, string id)
    {
        if (Of(call) == id)
        {
            Set(call, null);
        }
    }
}
