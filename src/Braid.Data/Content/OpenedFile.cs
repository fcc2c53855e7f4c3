using System.IO.Pipelines;
using Braid.Data.History;
using Braid.Storage;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Data.Content;

/// <summary>A regular file, ready to be read.</summary>
public sealed class OpenedFile
{
    private readonly ContentStore store;
    private readonly FileContent content;

    internal OpenedFile(ContentStore store, Commit commit, TreeEntry entry, FileContent content)
    {
        this.store = store;
        this.content = content;
        Commit = commit;
        Entry = entry;
    }

    public Commit Commit { get; }

    public TreeEntry Entry { get; }

    /// <summary>
    /// The bytes [offset, offset + length), cut at the file's end, in pieces, each valid until the next one is asked for;
    /// <see cref="long.MaxValue"/> is "to the end".
    /// </summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(long offset, long length, CancellationToken ct) =>
        store.ReadAsync(content, offset, length, ct);

    /// <summary>Copies bytes [offset, offset + length), as <see cref="ReadAsync"/> reads them.</summary>
    public Task CopyToAsync(PipeWriter to, long offset, long length, CancellationToken ct) =>
        store.CopyToAsync(content, offset, length, to, ct);

    /// <inheritdoc cref="CopyToAsync(PipeWriter, long, long, CancellationToken)"/>
    public Task CopyToAsync(Stream to, long offset, long length, CancellationToken ct) =>
        store.CopyToAsync(content, offset, length, to, ct);

    /// <summary>Copies all of it; the caller flushes what is left at the end.</summary>
    public ValueTask WriteToAsync(PipeWriter to, CancellationToken ct) => store.WriteToAsync(content, to, ct);

    /// <summary>A seekable stream over it.</summary>
    public Stream OpenRead() => store.OpenRead(content);
}
