using System.Collections.Concurrent;
using Braid.Cli.Mounting.Overlay;
using Braid.Cli.Mounting.Reading;
using Braid.Fuse.Operations;
using Microsoft.Win32.SafeHandles;

namespace Braid.Cli.Mounting.Nodes;

/// <summary>Files that somebody has open.</summary>
internal sealed class OpenFiles(RepoReader reader, ReadBudget budget)
{
    private readonly ConcurrentDictionary<ulong, OpenFile> open = new();
    private ulong last;

    /// <summary>A handle for a file; null when it was deleted meanwhile.</summary>
    public ulong? Add(FileNode node)
    {
        var file = new OpenFile(node, ReaderOf(node));
        if (node.Local is not null)
        {
            file.OpenLocal();
        }
        else if (file.Committed is null)
        {
            return null;
        }

        var handle = Interlocked.Increment(ref last);
        open[handle] = file;
        return handle;
    }

    public OpenFile? Find(ulong handle) => open.GetValueOrDefault(handle);

    public void Close(ulong handle)
    {
        if (open.TryRemove(handle, out var file))
        {
            file.Dispose();
        }
    }

    /// <summary>Reads a file as it is in the commit; null when it is not in one.</summary>
    public FileReader? ReaderOf(FileNode node) =>
        node.Path is { } path && node.Tree.View is { } view && node.Tree.Locate(path) is OverlayPlace.InCommit there
            ? new(
                (offset, into, ct) => reader.ReadAsync(view, there.Path, offset, into, ct),
                node.CommittedSize,
                budget
            )
            : null;
}

/// <summary>One open file: what was changed meanwhile is read from where it is now.</summary>
/// <param name="committed">Null for a file that is not in the commit.</param>
internal sealed class OpenFile(FileNode node, FileReader? committed) : IDisposable
{
    private readonly Lock gate = new();
    private LocalFile? local;
    private SafeFileHandle? file;

    public FileReader? Committed => committed;

    public async ValueTask<Outcome<int>> ReadAsync(long offset, Memory<byte> into, CancellationToken ct)
    {
        if (node.Local is null && committed is not null)
        {
            return await committed.ReadAsync(offset, into, ct);
        }

        var from = OpenLocal();
        var filled = 0;
        int length;
        while ((length = RandomAccess.Read(from, into.Span[filled..], offset + filled)) > 0)
        {
            filled += length;
        }

        return filled;
    }

    public Outcome<int> Write(long offset, ReadOnlyMemory<byte> bytes)
    {
        RandomAccess.Write(OpenLocal(), bytes.Span, offset);
        return bytes.Length;
    }

    public void Sync()
    {
        if (node.Local is not null)
        {
            RandomAccess.FlushToDisk(OpenLocal());
            node.Tree.Overlay?.Sync();
        }
    }

    /// <summary>The scratch file, opened when first needed and kept open: it may lose its name.</summary>
    public SafeFileHandle OpenLocal()
    {
        lock (gate)
        {
            if (file is null)
            {
                local = node.Local ?? throw new IOException($"{node.Name} is not open for writing");
                file = local.Open();
            }

            return file;
        }
    }

    public void Dispose()
    {
        committed?.Dispose();
        lock (gate)
        {
            local?.Close();
        }
    }
}
