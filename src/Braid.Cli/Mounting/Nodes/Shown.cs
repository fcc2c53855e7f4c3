using Braid.Fuse.Device;
using Braid.Fuse.Operations;

namespace Braid.Cli.Mounting.Nodes;

/// <summary>What <c>stat</c> shows of nodes, and how long the kernel may believe it.</summary>
/// <param name="mounted">The time of the directories that belong to no commit.</param>
internal sealed class Shown(DateTimeOffset mounted)
{
    private const uint readOnlyFile = 0x124; // 0444
    private const uint readOnlyDirectory = 0x16D; // 0555
    private const uint writableFile = 0x1A4; // 0644
    private const uint writableDirectory = 0x1ED; // 0755

    private readonly uint user = MountTable.CurrentUser;
    private readonly uint group = MountTable.CurrentGroup;

    /// <summary>A commit never changes, and a tree that is written changes through the kernel alone.</summary>
    public static TimeSpan ForGood { get; } = TimeSpan.FromDays(1);

    /// <summary>Repos, branches and projects come and go.</summary>
    public static TimeSpan ForNow { get; } = TimeSpan.FromSeconds(1);

    public NodeAttributes Of(Node node) =>
        node switch
        {
            DirectoryNode directory => Directory(directory),
            FileNode file => File(file),
            _ => new()
            {
                Node = node.Id,
                IsDirectory = true,
                Size = 0,
                Permissions = readOnlyDirectory,
                Modified = mounted,
                User = user,
                Group = group,
            },
        };

    public Entry Entry(Node node) => new(Of(node), Valid(node), Valid(node));

    public static TimeSpan Valid(Node node) => node is TreeNode ? ForGood : ForNow;

    private NodeAttributes Directory(DirectoryNode directory) =>
        new()
        {
            Node = directory.Id,
            IsDirectory = true,
            Size = directory.Size,
            Permissions = directory.Tree.IsWritable ? writableDirectory : readOnlyDirectory,
            Modified = directory.Tree.View?.Time ?? mounted,
            User = user,
            Group = group,
        };

    private NodeAttributes File(FileNode file)
    {
        var local = file.Local;
        return new()
        {
            Node = file.Id,
            IsDirectory = false,
            Size = local?.Length ?? file.CommittedSize,
            Permissions = file.Tree.IsWritable ? writableFile : readOnlyFile,
            Modified = local?.Modified ?? file.Tree.View?.Time ?? mounted,
            User = user,
            Group = group,
        };
    }
}
