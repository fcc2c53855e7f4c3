using Braid.Metadata;

namespace Braid.Tracking.Series.Inbox;

/// <summary>
/// Reads that must see every point that was acknowledged: where some wait, they are folded first, and then it is read. What arrives
/// meanwhile is not waited for.
/// </summary>
internal static class FoldedReads
{
    /// <param name="runs">What is read of; null for any run.</param>
    public static async Task<T> ReadFoldedAsync<T>(
        this Database database,
        IEnumerable<string>? runs,
        Func<DbRead, Task<T>> read,
        CancellationToken ct
    )
    {
        var (waiting, answer) = await database.ReadAsync<(IReadOnlyList<WaitingPoints>, T?)>(
            async db =>
            {
                var waiting = await InboxRows.WaitingAsync(db, runs);
                return (waiting, waiting.Count == 0 ? await read(db) : default);
            },
            ct
        );
        if (waiting.Count == 0)
        {
            return answer!; // it was read
        }

        foreach (var run in waiting)
        {
            await InboxFold.RunAsync(database, run, ct);
        }

        return await database.ReadAsync(read, ct);
    }
}
