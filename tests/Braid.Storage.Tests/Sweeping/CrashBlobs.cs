using System.Runtime.CompilerServices;
using Braid.Storage.Blobs;

namespace Braid.Storage.Tests.Sweeping;

/// <summary>
/// Blobs in memory that stop working at a certain effect. What a crash leaves is given by <see cref="AfterCrash"/>: of what was
/// appended but not synced, nothing or a part.
/// </summary>
internal sealed class CrashBlobs(bool isShared, int crashAt = int.MaxValue) : IBlobStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Blob> blobs = [];

    /// <summary>Effects so far.</summary>
    public int Effects { get; private set; }

    public int ReadAhead => 2;

    public bool IsShared => isShared;

    /// <summary>The store as it is found afterwards.</summary>
    public CrashBlobs AfterCrash(Random random)
    {
        var left = new CrashBlobs(isShared);
        foreach (var (name, blob) in blobs)
        {
            var length = blob.Synced + random.Next(blob.Bytes.Count - blob.Synced + 1);
            // The name of a file that was never synced may be lost, too.
            if (blob.Synced > 0 || random.Next(2) == 0)
            {
                left.blobs[name] = new() { Bytes = [.. blob.Bytes.Take(length)], Synced = length };
            }
        }

        return left;
    }

    public Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        Do(() => blobs[name] = new() { Bytes = [.. bytes.Span], Synced = bytes.Length });
        return Task.CompletedTask;
    }

    public IBlobAppender? OpenAppend(string name, long length)
    {
        if (isShared)
        {
            return null;
        }

        Do(() =>
        {
            blobs.TryAdd(name, new());
            blobs[name].Bytes.RemoveRange((int)length, blobs[name].Bytes.Count - (int)length);
        });
        return new Appender(this, blobs[name]);
    }

    public ValueTask<int> ReadAsync(string name, long offset, Memory<byte> into, CancellationToken ct)
    {
        lock (gate)
        {
            if (!blobs.TryGetValue(name, out var blob))
            {
                throw new FileNotFoundException(name);
            }

            var count = Math.Clamp(blob.Bytes.Count - (int)offset, 0, into.Length);
            for (var i = 0; i < count; i++)
            {
                into.Span[i] = blob.Bytes[(int)offset + i];
            }

            return new(count);
        }
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        List<BlobEntry> found;
        lock (gate)
        {
            found = [.. blobs.Select(blob => new BlobEntry(blob.Key, blob.Value.Bytes.Count))];
        }

        foreach (var blob in found.Where(blob => blob.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            yield return blob;
        }
    }

    public Task DeleteAsync(string name, CancellationToken ct)
    {
        Do(() => blobs.Remove(name));
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => default;

    private void Do(Action effect)
    {
        lock (gate)
        {
            if (Effects >= crashAt)
            {
                throw new IOException("the machine has stopped");
            }

            Effects++;
            effect();
        }
    }

    private sealed class Blob
    {
        public List<byte> Bytes { get; init; } = [];

        public int Synced { get; set; }
    }

    private sealed class Appender(CrashBlobs owner, Blob blob) : IBlobAppender
    {
        public void Append(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> more)
        {
            byte[] copy = [.. bytes, .. more];
            owner.Do(() => blob.Bytes.AddRange(copy));
        }

        public void Sync() => owner.Do(() => blob.Synced = blob.Bytes.Count);

        public void Dispose() { }
    }
}
