using System.Text;
using Braid.Storage.Trees;

namespace Braid.Gateway.Pachyderm.Files;

/// <summary>Ranges of paths: the lower end counts, the upper does not, an empty end is open. The order is that of their UTF-8.</summary>
internal static class PathRanges
{
    /// <summary>Those of the entries, which come in path order, that lie in the range; none behind it is looked at.</summary>
    public static IAsyncEnumerable<TreeEntry> Within(this IAsyncEnumerable<TreeEntry> entries, Pfs.PathRange? range)
    {
        if (range is null)
        {
            return entries;
        }

        var (lower, upper) = (Encoding.UTF8.GetBytes(range.Lower), Encoding.UTF8.GetBytes(range.Upper));
        return entries
            .TakeWhile(entry => upper.Length == 0 || Compare(entry, upper) < 0)
            .SkipWhile(entry => Compare(entry, lower) < 0);
    }

    private static int Compare(TreeEntry entry, byte[] end) =>
        Encoding.UTF8.GetBytes(entry.Path).AsSpan().SequenceCompareTo(end);
}
