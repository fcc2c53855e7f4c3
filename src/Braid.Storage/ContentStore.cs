using System.IO.Pipelines;
using Braid.Primitives;
using Braid.Storage.Blobs;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Storage;

public sealed class ContentStore : IAsyncDisposable
{
    /// <summary>Opens the store, making it when there is none.</summary>
    /// <exception cref="IOException">The folder is open in another process, or cannot be reached.</exception>
    public static Task<ContentStore> OpenAsync(BlobAddress address, TimeProvider clock, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Stores the bytes of a small file (any size works, held in memory by the caller).</summary>
    public ValueTask<FileContent> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Stores what the stream gives until its end.</summary>
    public Task<FileContent> WriteAsync(Stream from, CancellationToken ct) => throw new NotImplementedException();

    public Task<FileContent> WriteAsync(PipeReader from, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>The content of <paramref name="head"/> with the stream's bytes after it; re-reads at most its last chunk.</summary>
    public Task<FileContent> AppendAsync(FileContent head, Stream tail, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>All parts, one after the other; reads only the few chunks at each joint.</summary>
    public Task<FileContent> ConcatAsync(IReadOnlyList<FileContent> parts, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Returns when everything written before the call is durable. Call it before a row names what was written.</summary>
    public Task FlushAsync(CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Copies bytes [offset, offset + length) of the file, cut at its end; pass long.MaxValue for "to the end".</summary>
    public Task CopyToAsync(FileContent content, long offset, long length, Stream to, CancellationToken ct) =>
        throw new NotImplementedException();

    public Task CopyToAsync(FileContent content, long offset, long length, PipeWriter to, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>A seekable stream over the file.</summary>
    public Stream OpenRead(FileContent content) => throw new NotImplementedException();

    /// <summary>The file or directory at the path (a directory with or without a trailing '/'), or null.</summary>
    public Task<TreeEntry?> FindAsync(TreeRoot root, string path, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>The children of a directory in path order; nothing when there is no such directory.</summary>
    public IAsyncEnumerable<TreeEntry> ListAsync(
        TreeRoot root,
        string path,
        ListOptions options,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>
    /// Every file and directory whose path starts with <paramref name="prefix"/> (any text, not only whole segments:
    /// <c>/</c> is all, <c>/a/</c> a directory with itself, <c>/a/im</c> what begins so), in path order, so a directory comes before
    /// what is in it; only those after the path <paramref name="after"/> when it is given.
    /// </summary>
    public IAsyncEnumerable<TreeEntry> WalkAsync(TreeRoot root, string prefix, string? after, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>
    /// What differs at and below a path, in path order: files, and the directories that hold them. Costs what changed, not
    /// what is there.
    /// </summary>
    public IAsyncEnumerable<TreeChange> DiffAsync(TreeRoot old, TreeRoot now, string path, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>The tree with the edits applied, all or none. Durable after <see cref="FlushAsync"/>.</summary>
    public Task<Result<TreeRoot>> ApplyAsync(TreeRoot root, IReadOnlyList<TreeEdit> edits, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>
    /// The union of many trees. A path that two of them hold with different content is refused, and so is a file where
    /// another has a directory; the same content twice is no collision.
    /// </summary>
    public Task<Result<TreeRoot>> MergeAsync(IReadOnlyList<TreeRoot> trees, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Number of files and sum of sizes; reads one node.</summary>
    public Task<TreeStats> StatsAsync(TreeRoot root, CancellationToken ct) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
