using System.Collections.Concurrent;
using Braid.Cli.Mounting.Reading;
using Braid.Fuse.Operations;

namespace Braid.Cli.Mounting.Nodes;

/// <summary>Directories that somebody lists. An offset is the index of a name: "." and ".." first, then what it holds.</summary>
internal sealed class OpenDirectories(NodeTable table, Places places, TreeContent content, Shown shown)
{
    /// <summary>Shown for names whose node is not known: any number but 0, which means a deleted name.</summary>
    private const ulong someNode = 0xFFFFFFFF;

    private const ulong dots = 2;

    private readonly ConcurrentDictionary<ulong, Listing> open = new();
    private ulong last;

    public async ValueTask<ulong?> OpenAsync(Node node, CancellationToken ct)
    {
        Listing? listing = node switch
        {
            ProjectNode project => new(
                project,
                new([.. (await places.ListAsync(project, ct)).Select(name => (name, true))], [], None)
            ),
            DirectoryNode { Path: { } path } directory => new(directory, content.ListingOf(directory.Tree, path)),
            _ => null,
        };
        if (listing is null)
        {
            return null;
        }

        var handle = Interlocked.Increment(ref last);
        open[handle] = listing;
        return handle;
    }

    public void Close(ulong handle) => open.TryRemove(handle, out _);

    public async ValueTask<Errno> FillAsync(ulong handle, ulong offset, DirectoryPage page, CancellationToken ct)
    {
        if (!open.TryGetValue(handle, out var listing))
        {
            return Errno.BadHandle;
        }

        for (var index = offset; ; index++)
        {
            if (index < dots)
            {
                if (!page.TryAdd(index == 0 ? "." : "..", someNode, isDirectory: true, index + 1))
                {
                    return Errno.None;
                }

                continue;
            }

            var own = (ulong)listing.Names.Own.Count;
            var isMore =
                index - dots < own
                    ? AddOwn(page, listing.Names.Own[(int)(index - dots)], index + 1)
                    : await AddCommittedAsync(page, listing, index - dots - own, index + 1, ct);
            if (!isMore)
            {
                return Errno.None;
            }
        }
    }

    private static bool AddOwn(DirectoryPage page, (string Name, bool IsDirectory) own, ulong next) =>
        page.TryAdd(own.Name, someNode, own.IsDirectory, next);

    /// <summary>False at the end of the page or the directory.</summary>
    private async ValueTask<bool> AddCommittedAsync(
        DirectoryPage page,
        Listing listing,
        ulong index,
        ulong next,
        CancellationToken ct
    )
    {
        if (await listing.Names.Committed.AtAsync(index, ct) is not { } child)
        {
            return false;
        }

        if (listing.Names.Hidden.Contains(child.Name))
        {
            return true;
        }

        if (!page.WantsAttributes || listing.Node is not DirectoryNode parent)
        {
            return page.TryAdd(child.Name, someNode, child.IsDirectory, next);
        }

        var node = table.Hold(parent, child.Name, () => TreeContent.Of(parent.Tree, child.IsDirectory, child.Size));
        if (page.TryAdd(child.Name, shown.Entry(node), next))
        {
            return true;
        }

        table.Forget(node.Id, 1);
        return false;
    }

    private static ListingPages None { get; } =
        new((_, _, _) => Task.FromResult<(IReadOnlyList<FoundPath>, string?)>(([], null)));

    private sealed record Listing(Node Node, TreeListing Names);
}
