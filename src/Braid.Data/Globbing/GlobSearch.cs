using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Data.Globbing;

/// <summary>Finds what a pattern matches in a tree, in path order, without walking what the pattern excludes.</summary>
public static class GlobSearch
{
    public static IAsyncEnumerable<GlobMatch> FindAsync(
        ContentStore content,
        TreeRoot root,
        Glob glob,
        CancellationToken ct
    ) => throw new NotImplementedException();
}

/// <summary>A match, and what the pattern's capture groups held (<c>$1</c> is the first).</summary>
public sealed record GlobMatch(TreeEntry Entry, IReadOnlyList<string> Captures);
