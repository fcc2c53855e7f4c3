using Braid.Cli.Mounting.Naming;
using Braid.Cli.Mounting.Overlay;
using Braid.Fuse.Operations;

namespace Braid.Cli.Mounting.Nodes;

/// <summary>
/// Changes to trees that are mounted for writing. Each waits for its turn in its tree, looks at what is there, notes the change
/// in the overlay's journal and then in the table of nodes; the repo itself changes when the mount ends.
/// </summary>
internal sealed class TreeChanges(NodeTable table, TreeContent content, OpenFiles files)
{
    private const int piece = 4 * 1024 * 1024;

    public Task<Outcome<Node>> CreateFileAsync(
        DirectoryNode parent,
        string name,
        bool mustBeNew,
        CancellationToken ct
    ) =>
        ChangeAsync<Node>(
            parent,
            name,
            async (path, overlay) =>
            {
                if (await HeldAsync(parent, name, path, ct) is { } there)
                {
                    if (!mustBeNew && there is FileNode)
                    {
                        return there;
                    }

                    table.Forget(there.Id, 1);
                    return mustBeNew ? Errno.Exists : Errno.IsDirectory;
                }

                var number = overlay.NewFile();
                overlay.Put(path, number, isNew: true);
                return table.Hold(parent, name, () => TreeContent.LocalNode(parent.Tree, number));
            },
            ct
        );

    public Task<Outcome<Node>> MakeDirectoryAsync(DirectoryNode parent, string name, CancellationToken ct) =>
        ChangeAsync<Node>(
            parent,
            name,
            async (path, overlay) =>
            {
                if (await content.FindAsync(parent.Tree, path, ct) is not null)
                {
                    return Errno.Exists;
                }

                overlay.MakeDirectory(path);
                return table.Hold(parent, name, () => new DirectoryNode(parent.Tree, 0));
            },
            ct
        );

    public async Task<Errno> DeleteAsync(DirectoryNode parent, string name, bool isDirectory, CancellationToken ct) =>
        (
            await ChangeAsync<int>(
                parent,
                name,
                async (path, overlay) =>
                {
                    if ((await RemovableAsync(parent.Tree, path, isDirectory, ct)) is var error and not Errno.None)
                    {
                        return error;
                    }

                    var scratch = parent.Tree.Locate(path) as OverlayPlace.InScratch;
                    overlay.Delete(path);
                    table.Remove(parent, name);
                    RemoveScratch(overlay, scratch);
                    return 0;
                },
                ct
            )
        ).Error;

    public async Task<Errno> RenameAsync(
        DirectoryNode parent,
        string name,
        DirectoryNode newParent,
        string newName,
        bool mustBeFree,
        CancellationToken ct
    )
    {
        if (parent.Tree != newParent.Tree)
        {
            return Errno.CrossDevice;
        }

        if (FileNames.Check(newName) is var bad and not Errno.None)
        {
            return bad;
        }

        var renamed = await ChangeAsync<int>(
            parent,
            name,
            async (from, overlay) =>
            {
                if (newParent.Path is not { } above || await content.FindAsync(parent.Tree, from, ct) is not { } moving)
                {
                    return Errno.NotFound;
                }

                var (to, isDirectory) = (TreeNode.Below(above, newName), moving() is DirectoryNode);
                var there = await content.FindAsync(parent.Tree, to, ct);
                if (there is not null && mustBeFree)
                {
                    return Errno.Exists;
                }

                if (
                    there is not null
                    && await RemovableAsync(parent.Tree, to, isDirectory, ct) is var error and not Errno.None
                )
                {
                    return error;
                }

                var replaced = parent.Tree.Locate(to) as OverlayPlace.InScratch;
                overlay.Rename(from, to, isDirectory, isNew: there is null);
                table.Rename(parent, name, newParent, newName);
                RemoveScratch(overlay, replaced);
                return 0;
            },
            ct
        );
        return renamed.Error;
    }

    /// <summary>
    /// Gives a file content of its own in the scratch folder, once: a copy of the commit's, or nothing when it is to be emptied.
    /// </summary>
    public async Task<Errno> LocalizeAsync(FileNode file, bool empty, CancellationToken ct)
    {
        await file.Tree.Changing.WaitAsync(ct);
        try
        {
            if (file.Local is null)
            {
                if (file.Path is not { } path)
                {
                    return Errno.NotFound;
                }

                var overlay = file.Tree.OpenOverlay();
                var number = overlay.NewFile();
                if (!empty)
                {
                    await CopyAsync(file, overlay.FileAt(number), ct);
                }

                overlay.Put(path, number, isNew: false);
                file.Local = new LocalFile(overlay.FileAt(number), number);
            }
            else if (empty)
            {
                file.Local.SetLength(0);
            }

            return Errno.None;
        }
        finally
        {
            file.Tree.Changing.Release();
        }
    }

    private async Task CopyAsync(FileNode file, string path, CancellationToken ct)
    {
        using var reader = files.ReaderOf(file) ?? throw new IOException($"{file.Name} is not in the commit");
        using var to = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var buffer = new byte[(int)Math.Min(piece, Math.Max(1, file.CommittedSize))];
        for (var offset = 0L; offset < file.CommittedSize; )
        {
            var length = await reader.ReadAsync(offset, buffer, ct);
            RandomAccess.Write(to, buffer.AsSpan(0, length), offset);
            offset += length;
        }
    }

    private async Task<Outcome<T>> ChangeAsync<T>(
        DirectoryNode parent,
        string name,
        Func<string, OverlayFolder, Task<Outcome<T>>> change,
        CancellationToken ct
    )
    {
        if (!parent.Tree.IsWritable)
        {
            return Errno.ReadOnly;
        }

        if (FileNames.Check(name) is var bad and not Errno.None)
        {
            return bad;
        }

        await parent.Tree.Changing.WaitAsync(ct);
        try
        {
            return parent.Path is { } above
                ? await change(TreeNode.Below(above, name), parent.Tree.OpenOverlay())
                : Errno.NotFound;
        }
        finally
        {
            parent.Tree.Changing.Release();
        }
    }

    private async ValueTask<Node?> HeldAsync(DirectoryNode parent, string name, string path, CancellationToken ct)
    {
        if (table.TryHold(parent, name, out var known))
        {
            return known;
        }

        return await content.FindAsync(parent.Tree, path, ct) is { } make ? table.Hold(parent, name, make) : null;
    }

    private async ValueTask<Errno> RemovableAsync(
        MountedTree tree,
        string path,
        bool isDirectory,
        CancellationToken ct
    ) =>
        await content.FindAsync(tree, path, ct) is not { } found ? Errno.NotFound
        : found() is DirectoryNode != isDirectory ? (isDirectory ? Errno.NotDirectory : Errno.IsDirectory)
        : isDirectory && !await content.IsEmptyAsync(tree, path, ct) ? Errno.NotEmpty
        : Errno.None;

    private static void RemoveScratch(OverlayFolder overlay, OverlayPlace.InScratch? scratch)
    {
        if (scratch is not null)
        {
            overlay.RemoveFile(scratch.Number);
        }
    }
}
