using Braid.Cli.Mounting.Nodes;
using Braid.Cli.Mounting.Reading;
using Braid.Fuse.Operations;
using Braid.Grpc.Statuses;

namespace Braid.Cli.Mounting;

/// <summary>
/// The file system over a server's repos:
/// 1. the root and the projects are <see cref="Places"/>; below them is a <see cref="MountedTree"/> for each repo that was looked at;
/// 2. names, attributes and bytes come from the tree's one commit, or from the changes made to it here;
/// 3. what the server refuses becomes an errno, and a line in the log that says why.
/// </summary>
internal sealed class MountHandler(MountParts parts) : FuseHandler
{
    private readonly NodeTable table = parts.Table;
    private readonly Shown shown = parts.Shown;

    public override ValueTask<Outcome<Entry>> LookUpAsync(ulong parent, string name, CancellationToken ct) =>
        GuardedAsync<Entry>(async () =>
        {
            switch (table.Find(parent))
            {
                case ProjectNode project:
                    var place = await parts.Places.LookUpAsync(project, name, ct);
                    return place is null ? Entry.Missing(Shown.ForNow) : PlaceEntry(place);
                case DirectoryNode { Path: { } path } directory:
                    if (table.TryHold(directory, name, out var known))
                    {
                        return shown.Entry(known);
                    }

                    return await parts.Content.FindAsync(directory.Tree, TreeNode.Below(path, name), ct) is { } make
                        ? shown.Entry(table.Hold(directory, name, make))
                        : Entry.Missing(Shown.ForGood);
                default:
                    return Errno.NotFound;
            }
        });

    public override void Forget(ulong node, ulong lookups) => table.Forget(node, lookups);

    public override ValueTask<Outcome<(NodeAttributes Attributes, TimeSpan Valid)>> GetAttributesAsync(
        ulong node,
        CancellationToken ct
    ) =>
        Guarded<(NodeAttributes, TimeSpan)>(() =>
            table.Find(node) is { } found ? (shown.Of(found), Shown.Valid(found)) : Errno.NotFound
        );

    public override ValueTask<Outcome<(NodeAttributes Attributes, TimeSpan Valid)>> SetAttributesAsync(
        ulong node,
        AttributeChange change,
        CancellationToken ct
    ) =>
        GuardedAsync<(NodeAttributes, TimeSpan)>(async () =>
        {
            if (table.Find(node) is not TreeNode { Tree.IsWritable: true } found)
            {
                return Errno.ReadOnly;
            }

            if (change.Size is { } size && found is FileNode file)
            {
                if (await parts.Changes.LocalizeAsync(file, size == 0, ct) is var error and not Errno.None)
                {
                    return error;
                }

                file.Local?.SetLength(size);
            }

            // Repos know no permissions, owners or times: what copying programs set of them is accepted and not kept.
            if (change.Modified is { } modified && found is FileNode { Local: { } local })
            {
                local.Modified = modified;
            }

            return (shown.Of(found), Shown.Valid(found));
        });

    public override ValueTask<Outcome<Entry>> MakeDirectoryAsync(ulong parent, string name, CancellationToken ct) =>
        GuardedAsync<Entry>(async () =>
            table.Find(parent) is DirectoryNode directory
                ? EntryOf(await parts.Changes.MakeDirectoryAsync(directory, name, ct))
                : Errno.ReadOnly
        );

    public override ValueTask<Errno> UnlinkAsync(ulong parent, string name, CancellationToken ct) =>
        DeleteAsync(parent, name, isDirectory: false, ct);

    public override ValueTask<Errno> RemoveDirectoryAsync(ulong parent, string name, CancellationToken ct) =>
        DeleteAsync(parent, name, isDirectory: true, ct);

    public override ValueTask<Errno> RenameAsync(
        ulong parent,
        string name,
        ulong newParent,
        string newName,
        bool mustBeFree,
        CancellationToken ct
    ) =>
        ErrorAsync(async () =>
            table.Find(parent) is DirectoryNode from && table.Find(newParent) is DirectoryNode to
                ? await parts.Changes.RenameAsync(from, name, to, newName, mustBeFree, ct)
                : Errno.ReadOnly
        );

    public override ValueTask<Outcome<Opened>> OpenAsync(ulong node, OpenMode mode, CancellationToken ct) =>
        GuardedAsync<Opened>(async () =>
            table.Find(node) is FileNode file ? await OpenAsync(file, mode, ct) : Errno.NotFound
        );

    public override ValueTask<Outcome<(Entry Entry, Opened Opened)>> CreateAsync(
        ulong parent,
        string name,
        OpenMode mode,
        CancellationToken ct
    ) =>
        GuardedAsync<(Entry, Opened)>(async () =>
        {
            if (table.Find(parent) is not DirectoryNode directory)
            {
                return Errno.ReadOnly;
            }

            var made = await parts.Changes.CreateFileAsync(directory, name, mode.HasFlag(OpenMode.Exclusive), ct);
            if (made.Value is not FileNode file)
            {
                return made.Error;
            }

            var opened = await OpenAsync(file, mode, ct);
            if (opened.Error == Errno.None)
            {
                return (shown.Entry(file), opened.Value);
            }

            table.Forget(file.Id, 1);
            return opened.Error;
        });

    public override ValueTask<Outcome<int>> ReadAsync(
        ulong handle,
        long offset,
        Memory<byte> into,
        CancellationToken ct
    ) =>
        GuardedAsync(async () =>
            parts.Files.Find(handle) is { } file ? await file.ReadAsync(offset, into, ct) : Errno.BadHandle
        );

    public override ValueTask<Outcome<int>> WriteAsync(
        ulong handle,
        long offset,
        ReadOnlyMemory<byte> bytes,
        CancellationToken ct
    ) => Guarded(() => parts.Files.Find(handle) is { } file ? file.Write(offset, bytes) : Errno.BadHandle);

    public override ValueTask<Errno> SyncAsync(ulong handle, CancellationToken ct) =>
        ErrorAsync(() =>
        {
            parts.Files.Find(handle)?.Sync();
            return Task.FromResult(Errno.None);
        });

    public override void Release(ulong handle) => parts.Files.Close(handle);

    public override ValueTask<Outcome<Opened>> OpenDirectoryAsync(ulong node, CancellationToken ct) =>
        GuardedAsync<Opened>(async () =>
            table.Find(node) is { } found && await parts.Directories.OpenAsync(found, ct) is { } handle
                ? new Opened(handle, KeepCache: found is DirectoryNode { Tree.IsWritable: false })
                : Errno.NotFound
        );

    public override ValueTask<Errno> ReadDirectoryAsync(
        ulong handle,
        ulong offset,
        DirectoryPage page,
        CancellationToken ct
    ) => ErrorAsync(async () => await parts.Directories.FillAsync(handle, offset, page, ct));

    public override void ReleaseDirectory(ulong handle) => parts.Directories.Close(handle);

    public override ValueTask<Outcome<ReadOnlyMemory<byte>>> GetExtendedAsync(
        ulong node,
        string name,
        CancellationToken ct
    ) =>
        GuardedAsync(async () =>
            table.Find(node) is { } found ? await parts.Extended.GetAsync(found, name, ct) : Errno.NotFound
        );

    public override ValueTask<Outcome<IReadOnlyList<string>>> ListExtendedAsync(ulong node, CancellationToken ct) =>
        Guarded(() =>
            table.Find(node) is { } found
                ? new Outcome<IReadOnlyList<string>>(ExtendedAttributes.NamesOf(found), Errno.None)
                : Errno.NotFound
        );

    public override ValueTask<Outcome<Statistics>> GetStatisticsAsync(CancellationToken ct) =>
        Guarded<Statistics>(() => parts.Statistics());

    private async Task<Outcome<Opened>> OpenAsync(FileNode file, OpenMode mode, CancellationToken ct)
    {
        if (mode.HasFlag(OpenMode.Write))
        {
            if (!file.Tree.IsWritable)
            {
                return Errno.ReadOnly;
            }

            if (
                await parts.Changes.LocalizeAsync(file, mode.HasFlag(OpenMode.Truncate), ct)
                is var error
                    and not Errno.None
            )
            {
                return error;
            }
        }

        return parts.Files.Add(file) is { } handle ? new Opened(handle, KeepCache: true) : Errno.NotFound;
    }

    private ValueTask<Errno> DeleteAsync(ulong parent, string name, bool isDirectory, CancellationToken ct) =>
        ErrorAsync(async () =>
            table.Find(parent) is DirectoryNode directory
                ? await parts.Changes.DeleteAsync(directory, name, isDirectory, ct)
                : Errno.ReadOnly
        );

    /// <summary>A branch that is followed may show another commit soon.</summary>
    private Entry PlaceEntry(Node node) =>
        shown.Entry(node) with
        {
            NameValid = parts.Plan.Follow || node is ProjectNode ? Shown.ForNow : Shown.ForGood,
        };

    private Outcome<Entry> EntryOf(Outcome<Node> made) => made.Value is { } node ? shown.Entry(node) : made.Error;

    private async ValueTask<Errno> ErrorAsync(Func<Task<Errno>> run) =>
        (await GuardedAsync(async () => new Outcome<int>(0, await run()))).Error;

    private ValueTask<Outcome<T>> Guarded<T>(Func<Outcome<T>> run) => GuardedAsync(() => Task.FromResult(run()));

    private async ValueTask<Outcome<T>> GuardedAsync<T>(Func<Task<Outcome<T>>> run)
    {
        const int noSpace = 28;
        try
        {
            return await run();
        }
        catch (GrpcException refused)
        {
            if (!Patience.IsAway(refused))
            {
                parts.Log.Write(refused.Status.Message);
            }

            return Patience.ErrorOf(refused);
        }
        catch (IOException failed)
        {
            parts.Log.Write(failed.Message);
            return failed.HResult == noSpace ? Errno.NoSpace : Errno.InputOutput;
        }
    }
}
