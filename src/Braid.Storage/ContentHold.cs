using System.IO.Pipelines;
using Braid.Primitives;
using Braid.Storage.Files;
using Braid.Storage.Holds;
using Braid.Storage.Sweeping;
using Braid.Storage.Trees;

namespace Braid.Storage;

/// <summary>
/// The way to write: what is written, or taken over from a row that was read, while a hold lasts is not freed.
/// 1 Begin it before the first byte is written and before the rows are read whose content is taken over. 2 Write. 3
/// <see cref="SealAsync(TreeRoot, CancellationToken)"/> what a row will name. 4 Commit the row. 5 Dispose of the hold.
/// <para>May be used by several threads at a time. One that is forgotten ends when it is collected.</para>
/// </summary>
public sealed class ContentHold : IDisposable
{
    private readonly StoreParts parts;
    private readonly HoldTicket ticket;

    internal ContentHold(ContentStore store, StoreParts parts)
    {
        Store = store;
        this.parts = parts;
        ticket = parts.Seals.Begin();
    }

#pragma warning disable MA0055 // A hold that was forgotten would keep all garbage for ever.
    ~ContentHold() => parts.Seals.End(ticket);
#pragma warning restore MA0055

    /// <summary>The store that is written to, for reading.</summary>
    public ContentStore Store { get; }

    /// <summary>Stores a file whose bytes are at hand.</summary>
    public ValueTask<FileContent> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) =>
        parts.Writer.WriteAsync(bytes, ct);

    /// <summary>Stores what the stream gives until its end; holds a few blocks of 4 MiB of it at most.</summary>
    public Task<FileContent> WriteAsync(Stream from, CancellationToken ct) => parts.Writer.WriteAsync(from, ct);

    /// <summary>Stores what the pipe gives until its writer completes it; the caller completes the reader.</summary>
    public Task<FileContent> WriteAsync(PipeReader from, CancellationToken ct) => parts.Writer.WriteAsync(from, ct);

    /// <summary>Begins a file whose bytes come in pieces.</summary>
    public ContentWriter Begin() => new(parts.Chunks);

    /// <summary>The content of <paramref name="head"/> with the stream's bytes after it; re-reads at most its last chunk.</summary>
    public Task<FileContent> AppendAsync(FileContent head, Stream tail, CancellationToken ct) =>
        parts.Writer.AppendAsync(head, tail, ct);

    /// <summary>All parts, one after the other; reads only the few chunks at each joint.</summary>
    public Task<FileContent> ConcatAsync(IReadOnlyList<FileContent> files, CancellationToken ct) =>
        new FileJoiner(parts.Chunks).JoinAsync(files, ct);

    /// <summary>The tree with the edits applied, all or none.</summary>
    public Task<Result<TreeRoot>> ApplyAsync(TreeRoot root, IReadOnlyList<TreeEdit> edits, CancellationToken ct) =>
        parts.Editor.ApplyAsync(root, edits, ct);

    /// <summary>
    /// The union of many trees. A path that two of them hold with different content is refused, and so is a file where
    /// another has a directory; the same content twice is no collision.
    /// </summary>
    public Task<Result<TreeRoot>> MergeAsync(IReadOnlyList<TreeRoot> trees, CancellationToken ct) =>
        parts.Merger.MergeAsync(trees, ct);

    /// <summary>Returns when the whole tree is durable and will stay; only then may a row name it.</summary>
    /// <returns>Refused (<c>storage.gone</c>) when something taken over was deleted and freed before.</returns>
    public async Task<Result<TreeRoot>> SealAsync(TreeRoot tree, CancellationToken ct) =>
        (await SealAsync([tree], ct)).Select(_ => tree);

    /// <inheritdoc cref="SealAsync(TreeRoot, CancellationToken)"/>
    public Task<Result<Unit>> SealAsync(IReadOnlyList<TreeRoot> trees, CancellationToken ct) =>
        parts.Seals.SealAsync(ticket, [.. trees.Where(tree => !tree.IsEmpty).Select(ContentRef.Of)], ct);

    /// <inheritdoc cref="SealAsync(TreeRoot, CancellationToken)"/>
    public async Task<Result<FileContent>> SealAsync(FileContent file, CancellationToken ct)
    {
        ContentRef[] refs = file.Size == 0 ? [] : [ContentRef.Of(file)];
        return (await parts.Seals.SealAsync(ticket, refs, ct)).Select(_ => file);
    }

    /// <inheritdoc cref="SealAsync(TreeRoot, CancellationToken)"/>
    public Task<Result<Unit>> SealAsync(IReadOnlyList<FileContent> files, CancellationToken ct) =>
        parts.Seals.SealAsync(ticket, [.. files.Where(file => file.Size > 0).Select(ContentRef.Of)], ct);

    /// <summary>Ends the hold. What no row names by now may be freed.</summary>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        parts.Seals.End(ticket);
    }
}
