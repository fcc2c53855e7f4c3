namespace Braid.Fuse.Operations;

/// <summary>
/// A file system, as the kernel asks for it: by numbers of nodes (1 is the root) and names below them. Every node that an
/// operation answers (look-up, create, make directory, a full directory entry) is held by the kernel until as many
/// <see cref="Forget"/>. Called from several threads at once. What is not overridden is answered "not implemented".
/// </summary>
public abstract class FuseHandler
{
    /// <summary>The number of the root.</summary>
    public const ulong Root = 1;

    /// <summary>Finds a name in a directory.</summary>
    public abstract ValueTask<Outcome<Entry>> LookUpAsync(ulong parent, string name, CancellationToken ct);

    /// <summary>The kernel gives back this many look-ups of a node.</summary>
    public abstract void Forget(ulong node, ulong lookups);

    /// <summary>What <c>stat</c> shows, and for how long it holds.</summary>
    public abstract ValueTask<Outcome<(NodeAttributes Attributes, TimeSpan Valid)>> GetAttributesAsync(
        ulong node,
        CancellationToken ct
    );

    /// <summary>Changes attributes; the answer is what they are then.</summary>
    public virtual ValueTask<Outcome<(NodeAttributes Attributes, TimeSpan Valid)>> SetAttributesAsync(
        ulong node,
        AttributeChange change,
        CancellationToken ct
    ) => new(Errno.ReadOnly);

    /// <summary>Makes a directory.</summary>
    public virtual ValueTask<Outcome<Entry>> MakeDirectoryAsync(ulong parent, string name, CancellationToken ct) =>
        new(Errno.ReadOnly);

    /// <summary>Removes a file's name.</summary>
    public virtual ValueTask<Errno> UnlinkAsync(ulong parent, string name, CancellationToken ct) => new(Errno.ReadOnly);

    /// <summary>Removes an empty directory.</summary>
    public virtual ValueTask<Errno> RemoveDirectoryAsync(ulong parent, string name, CancellationToken ct) =>
        new(Errno.ReadOnly);

    /// <summary>Gives a node another name; what had that name is replaced, unless <paramref name="mustBeFree"/>.</summary>
    public virtual ValueTask<Errno> RenameAsync(
        ulong parent,
        string name,
        ulong newParent,
        string newName,
        bool mustBeFree,
        CancellationToken ct
    ) => new(Errno.ReadOnly);

    /// <summary>Opens a file.</summary>
    public abstract ValueTask<Outcome<Opened>> OpenAsync(ulong node, OpenMode mode, CancellationToken ct);

    /// <summary>Makes a file, or takes the one that is there, and opens it.</summary>
    public virtual ValueTask<Outcome<(Entry Entry, Opened Opened)>> CreateAsync(
        ulong parent,
        string name,
        OpenMode mode,
        CancellationToken ct
    ) => new(Errno.ReadOnly);

    /// <summary>Reads at an offset; fewer bytes than asked for only at the file's end.</summary>
    public abstract ValueTask<Outcome<int>> ReadAsync(
        ulong handle,
        long offset,
        Memory<byte> into,
        CancellationToken ct
    );

    /// <summary>Writes at an offset; the bytes are valid until the task ends.</summary>
    public virtual ValueTask<Outcome<int>> WriteAsync(
        ulong handle,
        long offset,
        ReadOnlyMemory<byte> bytes,
        CancellationToken ct
    ) => new(Errno.ReadOnly);

    /// <summary>A descriptor was closed: the last moment to say that something went wrong.</summary>
    public virtual ValueTask<Errno> FlushAsync(ulong handle, CancellationToken ct) => new(Errno.NotImplemented);

    /// <summary>Makes what was written durable.</summary>
    public virtual ValueTask<Errno> SyncAsync(ulong handle, CancellationToken ct) => new(Errno.NotImplemented);

    /// <summary>Nobody has the file open by this handle any more.</summary>
    public abstract void Release(ulong handle);

    /// <summary>Opens a directory.</summary>
    public abstract ValueTask<Outcome<Opened>> OpenDirectoryAsync(ulong node, CancellationToken ct);

    /// <summary>Fills a page from an offset: 0, or one that <see cref="DirectoryPage"/> was given with an entry.</summary>
    public abstract ValueTask<Errno> ReadDirectoryAsync(
        ulong handle,
        ulong offset,
        DirectoryPage page,
        CancellationToken ct
    );

    /// <summary>Nobody has the directory open by this handle any more.</summary>
    public abstract void ReleaseDirectory(ulong handle);

    /// <summary>The value of an extended attribute.</summary>
    public virtual ValueTask<Outcome<ReadOnlyMemory<byte>>> GetExtendedAsync(
        ulong node,
        string name,
        CancellationToken ct
    ) => new(Errno.NoData);

    /// <summary>The names of a node's extended attributes.</summary>
    public virtual ValueTask<Outcome<IReadOnlyList<string>>> ListExtendedAsync(ulong node, CancellationToken ct) =>
        new(new Outcome<IReadOnlyList<string>>([], Errno.None));

    /// <summary>What <c>df</c> shows.</summary>
    public virtual ValueTask<Outcome<Statistics>> GetStatisticsAsync(CancellationToken ct) =>
        new(new Statistics(4096, 0, 0, 0));
}
