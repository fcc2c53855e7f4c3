using Braid.Storage.Packs;

namespace Braid.Storage.Blobs;

/// <summary>A stored object: its name ('/'-separated, relative) and its length in bytes.</summary>
internal readonly record struct BlobEntry(string Name, long Length);

/// <summary>
/// Named byte objects. What is written is durable when the call returns; an object is either absent or whole, except one
/// that is being appended to.
/// </summary>
internal interface IBlobStore : IAsyncDisposable
{
    /// <summary>Reads that are worth having in flight for one stream: 1 where the latency is that of a local disk.</summary>
    int ReadAhead { get; }

    /// <summary>Several processes may write here at the same time.</summary>
    bool IsShared { get; }

    /// <summary>Stores a whole object, replacing one of the same name.</summary>
    Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>
    /// Opens an object for appending after its first <paramref name="length"/> bytes, cutting what follows them; makes it
    /// when missing. Null: this store takes whole objects only.
    /// </summary>
    IBlobAppender? OpenAppend(string name, long length);

    /// <summary>Fills the buffer from an offset and returns the bytes read: fewer only at the object's end.</summary>
    /// <exception cref="FileNotFoundException">There is no such object.</exception>
    ValueTask<int> ReadAsync(string name, long offset, Memory<byte> into, CancellationToken ct);

    /// <summary>Every object whose name starts with the prefix, in no order.</summary>
    IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken ct);

    /// <summary>Removes an object; nothing happens when there is none.</summary>
    Task DeleteAsync(string name, CancellationToken ct);

    /// <summary>Gives an object another name; a crash may leave it under both. Holds it in memory where the store cannot rename.</summary>
    async Task MoveAsync(BlobEntry from, string to, CancellationToken ct)
    {
        using var bytes = RentedBytes.Rent((int)from.Length);
        var got = await ReadAsync(from.Name, 0, bytes.Memory, ct);
        await PutAsync(to, bytes.Memory[..got], ct);
        await DeleteAsync(from.Name, ct);
    }
}

/// <summary>The only writer of one object. Not for concurrent use, except that appending may go on during a sync.</summary>
internal interface IBlobAppender : IDisposable
{
    /// <summary>
    /// Appends some bytes, and more behind them; they can be read at once, and are durable after the next sync. When it
    /// throws, nothing counts as appended.
    /// </summary>
    void Append(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> more = default);

    /// <summary>Returns when all that was appended before is durable.</summary>
    void Sync();
}
