using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Braid.Primitives;
using Braid.Storage.Blobs;
using Braid.Storage.Files;
using Braid.Storage.Holds;
using Braid.Storage.Integrity;
using Braid.Storage.Packs;
using Braid.Storage.Sweeping;
using Braid.Storage.Trees;

namespace Braid.Storage;

/// <summary>
/// Files and directory trees by content; written through <see cref="Hold"/>. All members may be called at the same time. A
/// path that is no path is refused where it is written and finds nothing elsewhere.
/// </summary>
public sealed class ContentStore : IAsyncDisposable
{
    private readonly PackStore chunks;
    private readonly ScratchFolder scratch;
    private readonly FileReader reader;
    private readonly TreeReader trees;
    private readonly TreeWalk walk;
    private readonly TreeWalkBack walkBack;
    private readonly TreeDiff diff;
    private readonly StoreParts parts;

    internal ContentStore(PackStore chunks, ScratchFolder? scratch = null, SweepOptions? sweeping = null)
    {
        this.chunks = chunks;
        this.scratch = scratch ?? ScratchFolder.OfSystem();
        reader = new(chunks);
        var nodes = new NodeStore(chunks);
        trees = new(nodes);
        walk = new(nodes, trees);
        walkBack = new(nodes, trees);
        diff = new(nodes, trees);
        Condemned = new(chunks, sweeping ?? new(), chunks.Clock);
        Holds = new(chunks.Clock);
        parts = new(
            chunks,
            nodes,
            new(chunks),
            new(nodes, trees),
            new(nodes),
            new(chunks, new(chunks, nodes), Holds, Condemned)
        );
    }

    internal HoldRegister Holds { get; }

    internal CondemnedList Condemned { get; }

    internal StoreParts Parts => parts;

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

    /// <summary>Begins to write; see there.</summary>
    public ContentHold Hold() => new(this, parts);

    /// <summary>
    /// A file of its own for bytes that need no keeping: it is gone when it is disposed of, or when the process ends. It lies
    /// on the disk of the packs where these are in a folder.
    /// </summary>
    public Stream OpenScratch() => scratch.Open();

    /// <summary>Copies bytes [offset, offset + length) of the file, cut at its end; pass long.MaxValue for "to the end".</summary>
    public async Task CopyToAsync(FileContent content, long offset, long length, Stream to, CancellationToken ct)
    {
        using var hold = Hold();
        await reader.CopyToAsync(content, offset, length, to, ct);
    }

    /// <summary>As the other one; the caller completes the writer. Stops when the pipe's reader has gone.</summary>
    public async Task CopyToAsync(FileContent content, long offset, long length, PipeWriter to, CancellationToken ct)
    {
        using var hold = Hold();
        await reader.CopyToAsync(content, offset, length, to, ct);
    }

    /// <summary>The bytes [offset, offset + length) in pieces, each valid until the next one is asked for.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        FileContent content,
        long offset,
        long length,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        using var hold = Hold();
        await foreach (var (bytes, piece) in reader.ReadAsync(content, offset, length, ct))
        {
            using (bytes)
            {
                yield return bytes.Memory.Slice(piece.Skip, piece.Take);
            }
        }
    }

    /// <summary>Copies a whole file, which costs little for a small one; the caller flushes what is left at the end.</summary>
    public ValueTask WriteToAsync(FileContent content, PipeWriter to, CancellationToken ct) =>
        reader.WriteToAsync(content, to, ct);

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
    /// A directory and everything below it in the opposite of path order, so what is in a directory comes before it; only
    /// those before the path <paramref name="before"/> when it is given.
    /// </summary>
    public IAsyncEnumerable<TreeEntry> WalkBackAsync(
        TreeRoot root,
        string path,
        string? before,
        CancellationToken ct
    ) => walkBack.WalkAsync(root, path, before, ct);

    /// <summary>
    /// What differs at and below a path, in path order: files, and the directories that hold them. Costs what changed, not
    /// what is there.
    /// </summary>
    public IAsyncEnumerable<TreeChange> DiffAsync(TreeRoot old, TreeRoot now, string path, CancellationToken ct) =>
        diff.DiffAsync(old, now, path, ct);

    /// <summary>Number of files and sum of sizes; reads one node.</summary>
    public async Task<TreeStats> StatsAsync(TreeRoot root, CancellationToken ct) => await trees.StatsAsync(root, ct);

    /// <summary>Chunks known.</summary>
    public long ChunkCount => chunks.ChunkCount;

    /// <summary>Begins to check trees and files; see there.</summary>
    public ContentCheck Check() => new(chunks);

    /// <summary>Reads every byte and repairs what has another copy; see there.</summary>
    public Scrub Scrub() => new(chunks);

    /// <summary>Makes everything durable and lets the place go.</summary>
    public ValueTask DisposeAsync() => chunks.DisposeAsync();
}
