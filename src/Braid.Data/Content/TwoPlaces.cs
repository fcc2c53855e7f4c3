using System.Text;
using Braid.Storage.Trees;

namespace Braid.Data.Content;

/// <summary>Compares what lies at two places: each entry goes by its own path, so only where the places overlap has it a partner.</summary>
internal static class TwoPlaces
{
    /// <summary>The differences of two walks, both in path order, in path order.</summary>
    public static async IAsyncEnumerable<TreeChange> CompareAsync(
        IAsyncEnumerable<TreeEntry> old,
        IAsyncEnumerable<TreeEntry> now
    )
    {
        await using var before = old.GetAsyncEnumerator();
        await using var after = now.GetAsyncEnumerator();
        var left = await NextAsync(before);
        var right = await NextAsync(after);
        while (left is not null || right is not null)
        {
            var order =
                left is null ? 1
                : right is null ? -1
                : Compare(left.Path, right.Path);
            var change = new TreeChange(order <= 0 ? left : null, order >= 0 ? right : null);
            if (change is not { Old: { } one, New: { } other } || !one.HasContentOf(other))
            {
                yield return change;
            }

            left = order <= 0 ? await NextAsync(before) : left;
            right = order >= 0 ? await NextAsync(after) : right;
        }
    }

    private static async ValueTask<TreeEntry?> NextAsync(IAsyncEnumerator<TreeEntry> entries) =>
        await entries.MoveNextAsync() ? entries.Current : null;

    private static int Compare(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
}
