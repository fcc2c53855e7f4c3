namespace Braid.Data.Pending;

/// <summary>
/// What may wait to be finished. Each request is rehearsed with all before it, so that a transaction costs the square of its
/// length; all transactions together fit into one message of any door.
/// </summary>
internal static class PendingLimits
{
    public const int MostTransactions = 1_000;
    public const int MostRequests = 500;

    /// <summary>Of the requests of all transactions together.</summary>
    public const long MostBytes = 8 << 20;

    /// <summary>One that nothing was added to for so long has been forgotten by its client.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);
}
