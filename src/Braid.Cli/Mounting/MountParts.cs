using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Mounting.Nodes;
using Braid.Cli.Mounting.Overlay;
using Braid.Cli.Mounting.Reading;
using Braid.Fuse.Operations;

namespace Braid.Cli.Mounting;

/// <summary>The parts of one mounted file system, put together.</summary>
internal sealed class MountParts : IDisposable
{
    private const long readAhead = 96 * 1024 * 1024;
    private const uint blockSize = 4096;

    private readonly string scratch;

    /// <param name="scratch">The folder whose disk holds changes.</param>
    public MountParts(
        MountPlan plan,
        PachClient pach,
        Patience patience,
        OverlayStore overlays,
        string scratch,
        MountLog log,
        TimeProvider clock
    )
    {
        this.scratch = scratch;
        (Plan, Log) = (plan, log);
        var reader = new RepoReader(pach, patience);
        Root = new(plan.Home, isHome: true);
        Table = new(Root);
        Shown = new(clock.GetUtcNow());
        Places = new(plan, Table, new(reader, overlays, log), reader, clock);
        Content = new(reader);
        Files = new(reader, new(readAhead));
        Directories = new(Table, Places, Content, Shown);
        Changes = new(Table, Content, Files);
        Extended = new(reader);
    }

    public MountPlan Plan { get; }

    public MountLog Log { get; }

    public ProjectNode Root { get; }

    public NodeTable Table { get; }

    public Shown Shown { get; }

    public Places Places { get; }

    public TreeContent Content { get; }

    public OpenFiles Files { get; }

    public OpenDirectories Directories { get; }

    public TreeChanges Changes { get; }

    public ExtendedAttributes Extended { get; }

    /// <summary>What can be written must fit on the scratch folder's disk; a mount that is only read takes no room.</summary>
    public Statistics Statistics()
    {
        if (!Plan.MayWrite)
        {
            return new(blockSize, 0, 0, 0);
        }

        var disk = new DriveInfo(scratch);
        return new(
            blockSize,
            (ulong)disk.TotalSize / blockSize,
            (ulong)disk.TotalFreeSpace / blockSize,
            (ulong)disk.AvailableFreeSpace / blockSize
        );
    }

    public void Dispose() => Places.Dispose();
}
