using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Data.Content;

/// <summary>One change, as the caller asked for it.</summary>
internal abstract record FileEdit(string Path)
{
    /// <summary>Who writes, where several write to one commit; empty where nobody says.</summary>
    public string Datum { get; init; } = "";

    /// <summary>Adds content to the end of a file, which may not be there.</summary>
    public sealed record Append(string Path, FileContent Content) : FileEdit(Path);

    /// <summary>Puts content in place of a file.</summary>
    public sealed record Put(string Path, FileContent Content) : FileEdit(Path);

    /// <summary>Removes a file, if there is one.</summary>
    public sealed record DeleteFile(string Path) : FileEdit(Path);

    /// <summary>Removes a file or directory with everything in it.</summary>
    public sealed record DeleteTree(string Path) : FileEdit(Path);

    /// <summary>Puts every file of another tree in place of the file of the same path.</summary>
    public sealed record Overlay(TreeEntry Source) : FileEdit("/");

    /// <summary>Puts a file or directory of another tree in place of what is there.</summary>
    public sealed record Graft(string Path, TreeEntry Source) : FileEdit(Path);
}
