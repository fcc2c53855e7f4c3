using System.IO.Pipelines;
using Braid.Primitives;
using Braid.Storage.Blobs;
using Braid.Storage.Files;
using Braid.Storage.Packs;
using Braid.Storage.Trees;

namespace Braid.Storage;

/// <summary>
/// Files and directory trees by content. All members may be called at the same time. A path that is no path is refused by
/// <see cref="ApplyAsync"/> and finds nothing elsewhere.
/// </summary>
public sealed class ContentStore : IAsyncDisposable
{
    private readonly PackStore chunks;
    private readonly ScratchFolder scratch;
    private readonly FileWriter writer;
    private readonly FileReader reader;
    private readonly TreeReader trees;
    private readonly TreeWalk walk;
    private readonly TreeDiff diff;
    private readonly TreeEditor editor;
    private readonly TreeMerger merger;

    internal ContentStore(PackStore chunks, ScratchFolder? scratch = null)
    {
        this.chunks = chunks;
        this.scratch = scratch ?? ScratchFolder.OfSystem();
        writer = new(chunks);
        reader = new(chunks);
        var nodes = new NodeStore(chunks);
        trees = new(nodes);
        walk = new(nodes, trees);
        diff = new(nodes, trees);
        editor = new(nodes, trees);
        merger = new(nodes);
    }

    /// <summary>Opens the store, making it when there is none.</summary>
    /// <exception cref="IOException">The folder is open in another process, or cannot be reached; the bucket refuses, or cannot be reached.</exception>
    public static async Task<ContentStore> OpenAsync(BlobAddress address, TimeProvider clock, CancellationToken ct)
    {
        IBlobStore blobs = address switch
        {
            BlobAddress.Folder folder => new FolderBlobs(folder.Path),
            BlobAddress.S3 s3 => S3Blobs.Open(s3),
            _ => throw new NotSupportedException($"no blob store for {address}"),
        };
        try
        {
            var scratch = ScratchFolder.Beside(address);
            return new(await PackStore.OpenAsync(blobs, clock, IdSource.System, new(), ct), scratch);
        }
        catch (Exception error) when (address is BlobAddress.S3 bucket && S3Blobs.IsRefusal(error))
        {
            throw new IOException($"cannot open the bucket '{bucket.Bucket}': {error.Message}", error);
        }
    }

    /// <summary>Stores a file whose bytes are at hand.</summary>
    public ValueTask<FileContent> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) =>
        writer.WriteAsync(bytes, ct);

    /// <summary>Stores what the stream gives until its end; holds 4 MiB of it at most.</summary>
    public Task<FileContent> WriteAsync(Stream from, CancellationToken ct) => writer.WriteAsync(from, ct);

    /// <summary>Stores what the pipe gives until its writer completes it; the caller completes the reader.</summary>
    public Task<FileContent> WriteAsync(PipeReader from, CancellationToken ct) => writer.WriteAsync(from, ct);

    /// <summary>Begins a file whose bytes come in pieces.</summary>
    public ContentWriter Begin() => new(chunks);

    /// <summary>
    /// A file of its own for bytes that need no keeping: it is gone when it is disposed of, or when the process ends. It lies
    /// on the disk of the packs where these are in a folder.
    /// </summary>
    public Stream OpenScratch() => scratch.Open();

    /// <summary>The content of <paramref name="head"/> with the stream's bytes after it; re-reads at most its last chunk.</summary>
    public Task<FileContent> AppendAsync(FileContent head, Stream tail, CancellationToken ct) =>
        writer.AppendAsync(head, tail, ct);

    /// <summary>All parts, one after the other; reads only the few chunks at each joint.</summary>
    public Task<FileContent> ConcatAsync(IReadOnlyList<FileContent> parts, CancellationToken ct) =>
        new FileJoiner(chunks).JoinAsync(parts, ct);

    /// <summary>Returns when everything written before the call is durable. Call it before a row names what was written.</summary>
    public Task FlushAsync(CancellationToken ct) => chunks.FlushAsync(ct);

    /// <summary>Copies bytes [offset, offset + length) of the file, cut at its end; pass long.MaxValue for "to the end".</summary>
    public Task CopyToAsync(FileContent content, long offset, long length, Stream to, CancellationToken ct) =>
        reader.CopyToAsync(content, offset, length, to, ct);

    /// <summary>As the other one; the caller completes the writer. Stops when the pipe's reader has gone.</summary>
    public Task CopyToAsync(FileContent content, long offset, long length, PipeWriter to, CancellationToken ct) =>
        reader.CopyToAsync(content, offset, length, to, ct);

    /// <summary>A seekable stream over the file.</summary>
    public Stream OpenRead(FileContent content) => new ContentStream(reader, content);

    /// <summary>The file or directory at the path (a directory with or without a trailing '/'), or null.</summary>
    public Task<TreeEntry?> FindAsync(TreeRoot root, string path, CancellationToken ct) =>
        trees.FindAsync(root, path, ct);

    /// <summary>The children of a directory in path order; nothing when there is no such directory.</summary>
    public IAsyncEnumerable<TreeEntry> ListAsync(
        TreeRoot root,
        string path,
        ListOptions options,
        CancellationToken ct
    ) => trees.ListAsync(root, path, options, ct);

    /// <summary>
    /// Every file and directory whose path starts with <paramref name="prefix"/> (any text, not only whole segments:
    /// <c>/</c> is all, <c>/a/</c> a directory with itself, <c>/a/im</c> what begins so), in path order, so a directory comes before
    /// what is in it; only those after the path <paramref name="after"/> when it is given.
    /// </summary>
    public IAsyncEnumerable<TreeEntry> WalkAsync(TreeRoot root, string prefix, string? after, CancellationToken ct) =>
        walk.WalkAsync(root, prefix, after, ct);

    /// <summary>
    /// What differs at and below a path, in path order: files, and the directories that hold them. Costs what changed, not
    /// what is there.
    /// </summary>
    public IAsyncEnumerable<TreeChange> DiffAsync(TreeRoot old, TreeRoot now, string path, CancellationToken ct) =>
        diff.DiffAsync(old, now, path, ct);

    /// <summary>The tree with the edits applied, all or none. Durable after <see cref="FlushAsync"/>.</summary>
    public Task<Result<TreeRoot>> ApplyAsync(TreeRoot root, IReadOnlyList<TreeEdit> edits, CancellationToken ct) =>
        editor.ApplyAsync(root, edits, ct);

    /// <summary>
    /// The union of many trees. A path that two of them hold with different content is refused, and so is a file where
    /// another has a directory; the same content twice is no collision.
    /// </summary>
    public Task<Result<TreeRoot>> MergeAsync(IReadOnlyList<TreeRoot> trees, CancellationToken ct) =>
        merger.MergeAsync(trees, ct);

    /// <summary>Number of files and sum of sizes; reads one node.</summary>
    public async Task<TreeStats> StatsAsync(TreeRoot root, CancellationToken ct) => await trees.StatsAsync(root, ct);

    /// <summary>Makes everything durable and lets the place go.</summary>
    public ValueTask DisposeAsync() => chunks.DisposeAsync();
}
