using System.Runtime.CompilerServices;
using Braid.Metadata;

namespace Braid.Data.History;

/// <summary>
/// A commit and its ancestors, page by page, each page a snapshot of its own: as much is read as is taken, however long the
/// line.
/// </summary>
internal sealed class CommitLine(Database database)
{
    private const int pageSize = 200;

    /// <summary>From a commit back to, but without, the generation <paramref name="downTo"/>.</summary>
    public async IAsyncEnumerable<IReadOnlyList<CommitRow>> NewestFirstAsync(
        CommitRow newest,
        long downTo,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        CommitRow? next = newest;
        while (next is { } top && top.Generation > downTo)
        {
            var page = await database.ReadAsync(
                db => SpanAsync(db, top, Math.Max(downTo, top.Generation - pageSize)),
                ct
            );
            if (page.Count == 0)
            {
                yield break;
            }

            yield return [.. page.Reverse()];
            next = page[0].ParentId is { } parent
                ? await database.ReadAsync(
                    async db => (await CommitTable.OfIdsAsync(db, [parent])).FirstOrDefault(),
                    ct
                )
                : null;
        }
    }

    /// <summary>From the generation after <paramref name="downTo"/> up to a commit.</summary>
    public async IAsyncEnumerable<IReadOnlyList<CommitRow>> OldestFirstAsync(
        CommitRow newest,
        long downTo,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        for (var low = downTo; low < newest.Generation; low += pageSize)
        {
            var from = low;
            var page = await database.ReadAsync<IReadOnlyList<CommitRow>>(
                async db =>
                    await CommitTable.AncestorAsync(db, newest, Math.Min(newest.Generation, from + pageSize)) is { } top
                        ? await SpanAsync(db, top, from)
                        : [],
                ct
            );
            if (page.Count == 0)
            {
                yield break;
            }

            yield return page;
        }
    }

    /// <summary>Ids ascend along a line.</summary>
    private static async Task<IReadOnlyList<CommitRow>> SpanAsync(DbRead db, CommitRow top, long downTo) =>
        await CommitTable.OfIdsAsync(db, await CommitTable.LineAsync(db, top, downTo));
}
