using Braid.Storage.Trees;

namespace Braid.Gateway.Web.Versions.Contents;

/// <summary>Some of a directory's children, in an order, and how many there are.</summary>
/// <param name="IsCut">There are more than <see cref="Most"/>: what comes after those is found by a prefix only.</param>
internal sealed record Children(IReadOnlyList<TreeEntry> Page, int Total, bool IsCut)
{
    /// <summary>So many are counted and sorted; it bounds what a request takes.</summary>
    public const int Most = 200_000;

    public static Task<Children> ReadAsync(
        IAsyncEnumerable<TreeEntry> entries,
        ChildOrder order,
        int offset,
        int count,
        CancellationToken ct
    ) => order.Sorts ? SortAsync(entries, order, offset, count, ct) : CountAsync(entries, offset, count, ct);

    private static async Task<Children> CountAsync(
        IAsyncEnumerable<TreeEntry> entries,
        int offset,
        int count,
        CancellationToken ct
    )
    {
        var page = new List<TreeEntry>();
        var total = 0;
        await foreach (var entry in entries.WithCancellation(ct))
        {
            if (total == Most)
            {
                return new(page, total, IsCut: true);
            }

            if (total >= offset && page.Count < count)
            {
                page.Add(entry);
            }

            total++;
        }

        return new(page, total, IsCut: false);
    }

    private static async Task<Children> SortAsync(
        IAsyncEnumerable<TreeEntry> entries,
        ChildOrder order,
        int offset,
        int count,
        CancellationToken ct
    )
    {
        var all = await entries.Take(Most + 1).ToListAsync(ct);
        var isCut = all.Count > Most;
        var counted = isCut ? all[..Most] : all;
        return new([.. order.Sort(counted).Skip(offset).Take(count)], counted.Count, isCut);
    }
}
