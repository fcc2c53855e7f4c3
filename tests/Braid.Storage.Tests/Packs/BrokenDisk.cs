using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Braid.Storage.Blobs;

namespace Braid.Storage.Tests.Packs;

/// <summary>
/// A disk in memory of which every write site fails as told: with the system's error, and, where it appends, with part of the
/// bytes written. What is on it outlives the store that is open on it.
/// </summary>
internal sealed class BrokenDisk : IBlobStore
{
    public const int InputOutputError = 5;
    public const int NoSpaceLeft = 28;

    private readonly ConcurrentDictionary<string, MemoryStream> blobs = new(StringComparer.Ordinal);
    private int writes;

    /// <summary>The write that fails, counted from 1, and all after it until this is 0 again.</summary>
    public int FailsFrom { get; set; }

    /// <summary>What the system says.</summary>
    public int Says { get; set; } = NoSpaceLeft;

    public bool TakesWholeObjectsOnly { get; init; }

    /// <summary>Writes tried so far.</summary>
    public int Writes => writes;

    public int ReadAhead => 1;

    public bool IsShared => false;

    /// <summary>Flips a bit of the only place where these bytes are.</summary>
    public void Flip(ReadOnlySpan<byte> bytes)
    {
        foreach (var blob in blobs.Values)
        {
            var at = blob.ToArray().AsSpan().IndexOf(bytes);
            if (at >= 0)
            {
                blob.GetBuffer()[at] ^= 1;
                return;
            }
        }

        throw new InvalidOperationException("no blob holds the bytes");
    }

    public Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        FailIfTold();
        var copy = new MemoryStream();
        copy.Write(bytes.Span);
        blobs[name] = copy;
        return Task.CompletedTask;
    }

    public IBlobAppender? OpenAppend(string name, long length)
    {
        if (TakesWholeObjectsOnly)
        {
            return null;
        }

        FailIfTold();
        var blob = blobs.GetOrAdd(name, _ => new());
        blob.SetLength(length);
        return new Appender(this, blob, length);
    }

    public ValueTask<int> ReadAsync(string name, long offset, Memory<byte> into, CancellationToken ct)
    {
        var blob = blobs.TryGetValue(name, out var found) ? found : throw new FileNotFoundException(name);
        lock (blob)
        {
            blob.Position = offset;
            return new(blob.Read(into.Span));
        }
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var (name, blob) in blobs.Where(blob => blob.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            yield return new(name, blob.Length);
        }
    }

    public Task DeleteAsync(string name, CancellationToken ct)
    {
        FailIfTold();
        blobs.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => default;

    private bool Fails() => Interlocked.Increment(ref writes) >= FailsFrom && FailsFrom > 0;

    private void FailIfTold()
    {
        if (Fails())
        {
            throw Failure();
        }
    }

    private IOException Failure() => new("told to fail", Says);

    private sealed class Appender(BrokenDisk disk, MemoryStream blob, long length) : IBlobAppender
    {
        private long end = length;

        public void Append(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> more)
        {
            var fails = disk.Fails();
            byte[] all = [.. bytes, .. more];
            lock (blob)
            {
                blob.Position = end;
                blob.Write(fails ? all.AsSpan(0, all.Length / 2) : all);
            }

            if (fails)
            {
                throw disk.Failure();
            }

            end += all.Length;
        }

        public void Sync() { }

        public void Dispose() { }
    }
}
