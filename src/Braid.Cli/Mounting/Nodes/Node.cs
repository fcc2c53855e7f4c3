using Braid.Cli.Mounting.Overlay;

namespace Braid.Cli.Mounting.Nodes;

/// <summary>Something that the kernel knows by a number.</summary>
internal abstract class Node
{
    /// <summary>Given by the table.</summary>
    public ulong Id { get; set; }

    /// <summary>The directory it is in; null for the root and for what has lost its name.</summary>
    public Node? Parent { get; set; }

    public string Name { get; set; } = "";

    /// <summary>How often the kernel was told of it and did not forget.</summary>
    public ulong Lookups { get; set; }

    /// <summary>Kept for as long as the mount, forgotten or not.</summary>
    public bool IsPinned { get; set; }
}

/// <summary>A directory of repos: a project.</summary>
/// <param name="project">Its name.</param>
/// <param name="isHome">It is the root: other projects are in it, too.</param>
internal sealed class ProjectNode(string project, bool isHome) : Node
{
    public string Project => project;

    public bool IsHome => isHome;
}

/// <summary>A file or directory of a repo's tree.</summary>
internal abstract class TreeNode(MountedTree tree) : Node
{
    public MountedTree Tree => tree;

    /// <summary>Where it is in the tree as the mount shows it, with a slash in front; null when it was deleted.</summary>
    public string? Path =>
        Parent switch
        {
            TreeNode parent => parent.Path is { } above ? Below(above, Name) : null,
            ProjectNode => "/",
            _ => null,
        };

    public static string Below(string directory, string name) => directory == "/" ? $"/{name}" : $"{directory}/{name}";
}

/// <summary>A directory of a repo's tree, or its root.</summary>
/// <param name="size">Bytes of all files below it, in the commit.</param>
internal sealed class DirectoryNode(MountedTree tree, long size) : TreeNode(tree)
{
    public long Size => size;
}

/// <summary>A file of a repo's tree.</summary>
/// <param name="size">Its size in the commit.</param>
internal sealed class FileNode(MountedTree tree, long size) : TreeNode(tree)
{
    private LocalFile? local;

    public long CommittedSize => size;

    /// <summary>Its content in the scratch folder, once it was changed.</summary>
    public LocalFile? Local
    {
        get => Volatile.Read(ref local);
        set => Volatile.Write(ref local, value);
    }
}
