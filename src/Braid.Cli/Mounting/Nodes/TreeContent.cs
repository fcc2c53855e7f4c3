using Braid.Cli.Mounting.Overlay;
using Braid.Cli.Mounting.Reading;
using Braid.Protos.Pfs;

namespace Braid.Cli.Mounting.Nodes;

/// <summary>What there is in a tree: in its commit, or among the changes to it.</summary>
internal sealed class TreeContent(RepoReader reader)
{
    /// <summary>A node for what is at the path; null when there is nothing.</summary>
    public async ValueTask<Func<TreeNode>?> FindAsync(MountedTree tree, string path, CancellationToken ct)
    {
        switch (tree.Locate(path))
        {
            case OverlayPlace.Directory:
                return () => new DirectoryNode(tree, 0);
            case OverlayPlace.InScratch scratch:
                return () => LocalNode(tree, scratch.Number);
            case OverlayPlace.InCommit there when tree.View is { } view:
                return await FindCommittedAsync(tree, view, there.Path, ct) is { } found
                    ? () => Of(tree, found.IsDirectory, found.Size)
                    : null;
            default:
                return null;
        }
    }

    private ValueTask<FoundPath?> FindCommittedAsync(
        MountedTree tree,
        CommitView view,
        string path,
        CancellationToken ct
    )
    {
        var slash = path.LastIndexOf('/');
        var directory = slash == 0 ? "/" : path[..slash];
        var names = tree.NamesAhead.GetOrAdd(directory, NewNames, (reader, view));
        return names.FindAsync(path[(slash + 1)..], ct);

        static NamesAhead NewNames(string directory, (RepoReader Reader, CommitView View) of) =>
            new(
                async (name, ct) =>
                    await of.Reader.FindFileAsync(of.View, TreeNode.Below(directory, name), ct) is { } file
                        ? new FoundPath(name, file.FileType == FileType.Dir, file.SizeBytes)
                        : null,
                (after, number, ct) => of.Reader.PageAsync(of.View, directory, after, number, ct),
                directory
            );
    }

    /// <summary>True when a directory has nothing in it.</summary>
    public async ValueTask<bool> IsEmptyAsync(MountedTree tree, string path, CancellationToken ct)
    {
        var listing = ListingOf(tree, path);
        if (listing.Own.Count > 0)
        {
            return false;
        }

        for (var index = 0UL; await listing.Committed.AtAsync(index, ct) is { } child; index++)
        {
            if (!listing.Hidden.Contains(child.Name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A directory's names: those that the changes made, and those of the commit but for what they hide.</summary>
    public TreeListing ListingOf(MountedTree tree, string path)
    {
        switch (tree.Locate(path))
        {
            case OverlayPlace.Directory { Children: var children } changed:
                var own = children
                    .Where(child => child.Value is not OverlayEntry.Gone)
                    .Select(child => (child.Key, child.Value is OverlayEntry.Directory))
                    .ToList();
                return new(own, children.Keys.ToHashSet(StringComparer.Ordinal), Pages(tree, changed.Origin));
            case OverlayPlace.InCommit there:
                return new([], [], Pages(tree, there.Path));
            default:
                return new([], [], Pages(tree, null));
        }
    }

    public static TreeNode Of(MountedTree tree, bool isDirectory, long size) =>
        isDirectory ? new DirectoryNode(tree, size) : new FileNode(tree, size);

    public static FileNode LocalNode(MountedTree tree, int number)
    {
        var overlay = tree.Overlay ?? throw new InvalidOperationException($"{tree.Choice.Name} has no changes");
        return new(tree, 0) { Local = new LocalFile(overlay.FileAt(number), number) };
    }

    private ListingPages Pages(MountedTree tree, string? directory) =>
        tree.View is { } view && directory is not null
            ? new((after, number, ct) => reader.PageAsync(view, directory, after, number, ct))
            : new((_, _, _) => Task.FromResult<(IReadOnlyList<FoundPath>, string?)>(([], null)));
}

/// <summary>A directory's names.</summary>
/// <param name="Own">Those that changes made, and whether they are directories.</param>
/// <param name="Hidden">Names that the commit's directory does not show.</param>
internal sealed record TreeListing(
    IReadOnlyList<(string Name, bool IsDirectory)> Own,
    HashSet<string> Hidden,
    ListingPages Committed
);
