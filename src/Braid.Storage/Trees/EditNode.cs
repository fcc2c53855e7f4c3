using Braid.Primitives;
using Braid.Storage.Files;

namespace Braid.Storage.Trees;

/// <summary>
/// What a batch of edits says about one path: about the file of that name, about the directory of that name, and about
/// what is below it. Later edits overwrite earlier ones here, so that the trees are read once.
/// </summary>
internal sealed class EditNode
{
    private Dictionary<string, EditNode>? children;

    /// <summary>What becomes of the file at this path.</summary>
    public FileEdit File { get; private set; } = FileEdit.Keep;

    /// <summary>What the edits below apply to: the old directory, or another one in its place.</summary>
    public DirectoryEdit Directory { get; private set; } = DirectoryEdit.Keep;

    public IReadOnlyDictionary<string, EditNode>? Children => children;

    /// <summary>Collects a batch; the error of the first edit that can never be applied.</summary>
    public static Result<EditNode> Collect(IReadOnlyList<TreeEdit> edits)
    {
        var root = new EditNode();
        foreach (var edit in edits)
        {
            if (!TreePath.Split(edit.Path).TryGet(out var segments, out var error))
            {
                return error;
            }

            if (NamesRootAsFile(edit, segments))
            {
                return Errors.BadPath(edit.Path, "a file needs a name");
            }

            root.At(segments).Add(edit);
        }

        return root;
    }

    private static bool NamesRootAsFile(TreeEdit edit, string[] segments) =>
        edit switch
        {
            TreeEdit.Put => segments.Length == 0 || edit.Path.EndsWith('/'),
            TreeEdit.Graft graft => segments.Length == 0 && graft.Source.Kind == EntryKind.File,
            _ => false,
        };

    private EditNode At(string[] segments)
    {
        var node = this;
        foreach (var segment in segments)
        {
            node.children ??= new(StringComparer.Ordinal);
            if (!node.children.TryGetValue(segment, out var child))
            {
                node.children[segment] = child = new();
            }

            node = child;
        }

        return node;
    }

    private void Add(TreeEdit edit)
    {
        switch (edit)
        {
            case TreeEdit.Put put:
                File = new(IsKept: false, put.Content);
                break;
            case TreeEdit.DeleteFile:
                File = FileEdit.Remove;
                break;
            case TreeEdit.DeleteTree:
                Replace(FileEdit.Remove, DirectoryEdit.Remove);
                break;
            case TreeEdit.Graft { Source.Content: { } content }:
                Replace(new(IsKept: false, content), DirectoryEdit.Remove);
                break;
            case TreeEdit.Graft graft:
                Replace(FileEdit.Remove, new(IsKept: false, graft.Source.Files == 0 ? null : graft.Source.ContentHash));
                break;
            default:
                throw new NotSupportedException($"{edit.GetType()} is no edit that this store knows");
        }
    }

    private void Replace(FileEdit file, DirectoryEdit directory)
    {
        (File, Directory) = (file, directory);
        children = null;
    }
}

/// <summary>Keeps the file there is, or has this one (null: none) in its place.</summary>
internal readonly record struct FileEdit(bool IsKept, FileContent? Content)
{
    public static FileEdit Keep => new(IsKept: true, null);

    public static FileEdit Remove => default;
}

/// <summary>Keeps the directory there is, or has the one with this root (null: none) in its place.</summary>
internal readonly record struct DirectoryEdit(bool IsKept, Sha256Hash? Root)
{
    public static DirectoryEdit Keep => new(IsKept: true, null);

    public static DirectoryEdit Remove => default;
}
