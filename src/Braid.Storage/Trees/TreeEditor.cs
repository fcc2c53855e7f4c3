using Braid.Primitives;

namespace Braid.Storage.Trees;

/// <summary>
/// Applies a batch of edits.
/// 1. Collect them by path, so that later ones overwrite earlier ones.
/// 2. Depth first, give every edited directory its new root; untouched directories are not read.
/// 3. Refuse the outcome when a path would be a file and a directory at once.
/// </summary>
internal sealed class TreeEditor(NodeStore nodes, TreeReader reader)
{
    private readonly MapEditor maps = new(nodes);

    public async Task<Result<TreeRoot>> ApplyAsync(TreeRoot root, IReadOnlyList<TreeEdit> edits, CancellationToken ct)
    {
        if (!EditNode.Collect(edits).TryGet(out var top, out var error))
        {
            return error;
        }

        var old = root.IsEmpty ? (Sha256Hash?)null : root.Hash;
        var edited = await ApplyAsync("/", top, old, ct);
        return edited.Select(directory => directory is { } made ? new TreeRoot(made.Hash) : TreeRoot.Empty);
    }

    // A directory after the edits: its root, or null when nothing is in it.
    private async Task<Result<NodeEntry?>> ApplyAsync(string path, EditNode node, Sha256Hash? old, CancellationToken ct)
    {
        var start = node.Directory.IsKept ? old : node.Directory.Root;
        var edits = new List<MapEdit>();
        foreach (var (name, child) in node.Children ?? new Dictionary<string, EditNode>())
        {
            if (await EditChildAsync(path, name, child, start, edits, ct) is { } error)
            {
                return error;
            }
        }

        edits.Sort((left, right) => KeyOrder.Compare(left.Key, right.Key));
        return await maps.ApplyAsync(start, edits, ct);
    }

    private async ValueTask<Error?> EditChildAsync(
        string path,
        string name,
        EditNode child,
        Sha256Hash? parent,
        List<MapEdit> edits,
        CancellationToken ct
    )
    {
        ReadOnlyMemory<byte> fileKey = TreePath.FileKey(name);
        ReadOnlyMemory<byte> directoryKey = TreePath.DirectoryKey(name);
        var oldFile = await LookUpAsync(parent, fileKey, ct);
        var oldDirectory = await LookUpAsync(parent, directoryKey, ct);
        var file = FileAfter(child, fileKey, oldFile);
        if (
            !(await DirectoryAfterAsync($"{path}{name}/", child, directoryKey, oldDirectory, ct)).TryGet(
                out var directory,
                out var error
            )
        )
        {
            return error;
        }

        if (file is not null && directory is not null)
        {
            return child.File.IsKept ? Errors.IsFile(path + name, $"{path}{name}/") : Errors.IsDirectory(path + name);
        }

        AddIfChanged(edits, fileKey, oldFile, file);
        AddIfChanged(edits, directoryKey, oldDirectory, directory);
        return null;
    }

    private ValueTask<NodeEntry?> LookUpAsync(Sha256Hash? directory, ReadOnlyMemory<byte> key, CancellationToken ct) =>
        directory is { } root ? reader.LookUpAsync(root, key, ct) : default;

    private static NodeEntry? FileAfter(EditNode child, ReadOnlyMemory<byte> key, NodeEntry? old) =>
        child.File.IsKept ? old
        : child.File.Content is { } content ? NodeEntry.OfFile(key, content)
        : null;

    private async ValueTask<Result<NodeEntry?>> DirectoryAfterAsync(
        string path,
        EditNode child,
        ReadOnlyMemory<byte> key,
        NodeEntry? old,
        CancellationToken ct
    )
    {
        if (child.Directory.IsKept && child.Children is null)
        {
            return old;
        }

        if (child.Directory is { IsKept: false, Root: null } && child.Children is null)
        {
            return (NodeEntry?)null;
        }

        var edited = await ApplyAsync(path, child, old?.Hash, ct);
        return edited.Select(root =>
            root is { } made ? made with { Key = key, Kind = NodeEntryKind.Directory } : (NodeEntry?)null
        );
    }

    private static void AddIfChanged(List<MapEdit> edits, ReadOnlyMemory<byte> key, NodeEntry? old, NodeEntry? now)
    {
        var isSame = old is { } before && now is { } after ? before.HasContentOf(after) : old is null && now is null;
        if (!isSame)
        {
            edits.Add(new(key, now));
        }
    }
}
