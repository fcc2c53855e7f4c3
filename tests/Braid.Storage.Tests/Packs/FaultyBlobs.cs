using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Braid.Storage.Blobs;

namespace Braid.Storage.Tests.Packs;

/// <summary>Blobs in memory that fail as told, and count.</summary>
internal sealed class FaultyBlobs : IBlobStore
{
    private readonly ConcurrentDictionary<string, MemoryStream> blobs = new(StringComparer.Ordinal);

    public bool FailSync { get; init; }

    public int FailPuts { get; set; }

    /// <summary>Syncs wait for it.</summary>
    public ManualResetEventSlim MaySync { get; } = new(initialState: true);

    public bool WholeObjectsOnly { get; init; }

    public int Syncs { get; private set; }

    public long Appended { get; private set; }

    public long Synced { get; private set; }

    public int ReadAhead => 2;

    public bool IsShared => WholeObjectsOnly;

    public Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        if (FailPuts-- > 0)
        {
            throw new IOException("told to fail");
        }

        blobs[name] = new(bytes.ToArray());
        return Task.CompletedTask;
    }

    public IBlobAppender? OpenAppend(string name, long length)
    {
        if (WholeObjectsOnly)
        {
            return null;
        }

        var blob = blobs.GetOrAdd(name, _ => new());
        blob.SetLength(length);
        return new Appender(this, blob);
    }

    public ValueTask<int> ReadAsync(string name, long offset, Memory<byte> into, CancellationToken ct)
    {
        if (!blobs.TryGetValue(name, out var blob))
        {
            throw new FileNotFoundException(name);
        }

        lock (blob)
        {
            blob.Position = offset;
            return new(blob.Read(into.Span));
        }
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var (name, blob) in blobs)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return new(name, blob.Length);
            }
        }
    }

    public Task DeleteAsync(string name, CancellationToken ct)
    {
        blobs.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => default;

    private sealed class Appender(FaultyBlobs owner, MemoryStream blob) : IBlobAppender
    {
        public void Append(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> more)
        {
            lock (blob)
            {
                blob.Position = blob.Length;
                blob.Write(bytes);
                blob.Write(more);
                owner.Appended += bytes.Length + more.Length;
            }
        }

        public void Sync()
        {
            owner.MaySync.Wait(CancellationToken.None);
            lock (blob)
            {
                owner.Syncs++;
                owner.Synced = owner.Appended;
            }

            if (owner.FailSync)
            {
                throw new IOException("told to fail");
            }
        }

        public void Dispose() { }
    }
}
