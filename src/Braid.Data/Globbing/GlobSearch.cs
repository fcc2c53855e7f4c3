using System.Runtime.CompilerServices;
using Braid.Data.Naming;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Data.Globbing;

/// <summary>
/// Finds what a pattern matches in a tree, in path order. Segment by segment it opens only directories whose names match so
/// far; from the first part that spans directories on, it walks what is below.
/// </summary>
public static class GlobSearch
{
    public static IAsyncEnumerable<GlobMatch> FindAsync(
        ContentStore content,
        TreeRoot root,
        Glob glob,
        CancellationToken ct
    ) => FindAsync(content, root, glob, from: "", ct);

    /// <summary>As above, for whoever wants nothing before the path <paramref name="from"/>: little of it is looked at, some may be told.</summary>
    public static async IAsyncEnumerable<GlobMatch> FindAsync(
        ContentStore content,
        TreeRoot root,
        Glob glob,
        string from,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var found = glob.IsRoot
            ? RootAsync(content, root, ct)
            : DescendAsync(content, root, glob, new("/", from), 0, ct);
        await foreach (var entry in found)
        {
            if (glob.IsPlain)
            {
                yield return new(entry, []);
            }
            else if (glob.TryMatch(entry.Path, out var captures))
            {
                yield return new(entry, captures);
            }
        }
    }

    private static async IAsyncEnumerable<TreeEntry> RootAsync(
        ContentStore content,
        TreeRoot root,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        yield return await content.FindAsync(root, "/", ct) ?? FilePath.EmptyRoot;
    }

    private static IAsyncEnumerable<TreeEntry> DescendAsync(
        ContentStore content,
        TreeRoot root,
        Glob glob,
        GlobPlace place,
        int depth,
        CancellationToken ct
    ) =>
        depth < glob.Segments.Count ? StepAsync(content, root, glob, place, depth, ct)
        : glob.DeepPrefix is { } prefix ? content.WalkAsync(root, place.Directory + prefix, place.After, ct)
        : AsyncEnumerable.Empty<TreeEntry>();

    private static async IAsyncEnumerable<TreeEntry> StepAsync(
        ContentStore content,
        TreeRoot root,
        Glob glob,
        GlobPlace place,
        int depth,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var last = depth == glob.Segments.Count - 1 && glob.DeepPrefix is null;
        await foreach (var entry in ChooseAsync(content, root, glob.Segments[depth], place, ct))
        {
            if (last)
            {
                yield return entry;
            }
            else if (entry.Kind == EntryKind.Directory && place.Below(entry.Path) is { IsWanted: true } below)
            {
                await foreach (var found in DescendAsync(content, root, glob, below, depth + 1, ct))
                {
                    yield return found;
                }
            }
        }
    }

    private static async IAsyncEnumerable<TreeEntry> ChooseAsync(
        ContentStore content,
        TreeRoot root,
        GlobSegment segment,
        GlobPlace place,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        if (segment.IsLiteral)
        {
            if (await content.FindAsync(root, place.Directory + segment.Prefix, ct) is { } named)
            {
                yield return named;
            }

            yield break;
        }

        var options = new ListOptions { Prefix = segment.Prefix, After = place.AfterName };
        await foreach (var entry in content.ListAsync(root, place.Directory, options, ct))
        {
            if (segment.IsMatch(entry.Name))
            {
                yield return entry;
            }
        }
    }
}

/// <summary>A match, and what the pattern's capture groups held (<c>$1</c> is the first).</summary>
public sealed record GlobMatch(TreeEntry Entry, IReadOnlyList<string> Captures);
