using Braid.Storage.Files;

namespace Braid.Storage.Trees;

/// <summary>One change to a tree. A batch is applied in order, as if one after the other; the last word on a path wins.</summary>
public abstract record TreeEdit(string Path)
{
    /// <summary>Puts a file, replacing the file of that path; refused where a directory is.</summary>
    public sealed record Put(string Path, FileContent Content) : TreeEdit(Path);

    /// <summary>Removes the file of that path; nothing happens when there is none, or a directory.</summary>
    public sealed record DeleteFile(string Path) : TreeEdit(Path);

    /// <summary>Removes whatever is at that path with all that is below it; <c>/</c> empties the tree.</summary>
    public sealed record DeleteTree(string Path) : TreeEdit(Path);

    /// <summary>
    /// Puts a file or a whole directory of any tree of this store, replacing whatever is at that path; costs the same for
    /// any size.
    /// </summary>
    public sealed record Graft(string Path, TreeEntry Source) : TreeEdit(Path);
}
