using Braid.Primitives;
using Braid.Storage.Files;

namespace Braid.Storage.Trees;

/// <summary>What a name of a tree stands for; the numbers are those of docs/formats/tree.md.</summary>
public enum EntryKind
{
    File = 1,
    Directory = 2,
}

/// <summary>A file or directory of a tree.</summary>
/// <param name="Path">
/// Absolute; a directory's ends with '/' (<c>/a/b.txt</c>, <c>/a/</c>, <c>/</c>). Everything is listed in the order of these
/// texts' UTF-8 bytes, which is the order of S3 and of Pachyderm.
/// </param>
/// <param name="Size">Bytes; of a directory, of all files below it.</param>
/// <param name="Files">1 for a file; of a directory, the files below it.</param>
/// <param name="ContentHash">
/// Depends on the content alone: entries with the same kind, size and hash hold the same bytes under the same names.
/// </param>
/// <param name="Content">Null exactly when this is a directory.</param>
public sealed record TreeEntry(
    string Path,
    EntryKind Kind,
    long Size,
    long Files,
    Sha256Hash ContentHash,
    FileContent? Content
)
{
    public static TreeEntry OfFile(string path, FileContent content) =>
        new(path, EntryKind.File, content.Size, 1, content.Hash, content);

    /// <summary>A whole tree, as the directory <c>/</c>.</summary>
    public static TreeEntry OfTree(TreeRoot root, TreeStats stats) =>
        new("/", EntryKind.Directory, stats.Size, stats.Files, root.Hash, null);

    /// <summary>The last segment, without a slash; empty for the root.</summary>
    public string Name
    {
        get
        {
            var path = Path.AsSpan().TrimEnd('/');
            return path[(path.LastIndexOf('/') + 1)..].ToString();
        }
    }

    /// <summary>True when both hold the same bytes under the same names below them; their own paths may differ.</summary>
    public bool HasContentOf(TreeEntry other) =>
        Kind == other.Kind && Size == other.Size && ContentHash == other.ContentHash;
}

/// <summary>What a tree holds: files, and the sum of their sizes in bytes.</summary>
public readonly record struct TreeStats(long Files, long Size);

/// <summary>
/// One difference between two trees at one path. <paramref name="Old"/> is null for what was added, <paramref name="New"/>
/// for what was removed; both are there when the content changed. A file that became a directory is two differences.
/// </summary>
public sealed record TreeChange(TreeEntry? Old, TreeEntry? New)
{
    public string Path => (New ?? Old)?.Path ?? "";

    public EntryKind Kind => (New ?? Old)?.Kind ?? default;
}
