using Braid.Primitives;

namespace Braid.Storage.Packs;

/// <summary>
/// A sequence of packs, of which the last is open. Concurrent flushes share one sync: whoever waits for the one in
/// progress finds its own bytes covered by it or by the next. While packs cannot be stored (the disk is full, the object
/// store is away) few of them wait in memory: then <see cref="MakeRoomAsync"/> fails, and nothing more is taken on.
/// </summary>
internal sealed class PackLane(Func<PackWriter> open, Action<PackWriter> close, PackStoreOptions options)
{
    private const int mostFull = 2;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim syncing = new(1, 1);
    private readonly Queue<PackWriter> full = new();
    private Task sealingBehind = Task.CompletedTask;
    private PackWriter? current;
    private long appended;
    private long durable;
    private volatile int fullCount;

    /// <summary>Returns at once unless packs wait to be stored; then it stores them first.</summary>
    public Task MakeRoomAsync(CancellationToken ct) => fullCount < mostFull ? Task.CompletedTask : SealFullAsync(ct);

    /// <summary>Appends a record; false when another writer is appending to this lane just now and <paramref name="wait"/> is not set.</summary>
    public bool TryAppend(in ChunkRecord record, ReadOnlySpan<byte> payload, bool wait, out Appended result)
    {
        result = default;
        if (!Enter(wait))
        {
            return false;
        }

        try
        {
            var pack = current ??= open();
            var offset = pack.Append(record, payload);
            appended++;
            var isFull = pack.Length >= options.PackLength || pack.Count >= options.PackChunks;
            result = new(pack.Ordinal, offset, isFull, pack.CanSync);
            if (result.IsFull)
            {
                full.Enqueue(pack);
                fullCount = full.Count;
                current = null;
            }

            return true;
        }
        finally
        {
            gate.Exit();
        }
    }

    /// <summary>
    /// Seals the packs that are full. Where a pack waits in memory, the writer that filled it waits too; where it lies on a
    /// disk already, it is synced while the writers go on, and they wait for the one before it.
    /// </summary>
    public async Task FilledAsync(Appended last, CancellationToken ct)
    {
        if (!last.CanSync)
        {
            await SealFullAsync(ct);
            return;
        }

        // A pack whose sealing failed stays in the queue: the sealing that begins here tries it again, and so do the next
        // flush and, when two packs wait, the next writer, who are told.
        var before = Interlocked.Exchange(ref sealingBehind, SealFullAsync(CancellationToken.None));
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task SealFullAsync(CancellationToken ct) => ExclusivelyAsync(() => SealAsync(ct), ct);

    /// <summary>Returns when every record appended before the call is durable.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        var target = Interlocked.Read(ref appended);
        if (Interlocked.Read(ref durable) < target)
        {
            await ExclusivelyAsync(
                () => Interlocked.Read(ref durable) < target ? SyncAsync(ct) : Task.CompletedTask,
                ct
            );
        }
    }

    /// <summary>Seals the pack that is open, if it is asked for, with those that are full.</summary>
    public Task SealAsync(Func<PackWriter, bool> asked, CancellationToken ct) =>
        ExclusivelyAsync(
            () =>
            {
                Retire(asked);
                return SealAsync(ct);
            },
            ct
        );

    private bool Enter(bool wait)
    {
        if (!wait)
        {
            return gate.TryEnter();
        }

        gate.Enter();
        return true;
    }

    private async Task ExclusivelyAsync(Func<Task> act, CancellationToken ct)
    {
        await syncing.WaitAsync(ct);
        try
        {
            await act();
        }
        finally
        {
            syncing.Release();
        }
    }

    private async Task SyncAsync(CancellationToken ct)
    {
        var (covered, open) = Retire(pack => !pack.CanSync);
        // Before sealing: it may be full by then, and sealing closes it.
        if (open is not null)
        {
            await Task.Run(open.Sync, CancellationToken.None);
        }

        await SealAsync(ct);
        Interlocked.Exchange(ref durable, covered);
    }

    // Takes the open pack out of use where asked, and says what is appended so far and which pack stays open.
    private (long Covered, PackWriter? Open) Retire(Func<PackWriter, bool> asked)
    {
        lock (gate)
        {
            if (current is not null && asked(current))
            {
                full.Enqueue(current);
                fullCount = full.Count;
                current = null;
            }

            return (appended, current);
        }
    }

    // A pack whose upload failed stays first in the queue, and the next flush repeats it.
    private async Task SealAsync(CancellationToken ct)
    {
        while (FirstFull() is { } pack)
        {
            await pack.SealAsync(ct);
            lock (gate)
            {
                full.Dequeue();
                fullCount = full.Count;
            }

            close(pack);
        }
    }

    private PackWriter? FirstFull()
    {
        lock (gate)
        {
            return full.TryPeek(out var pack) ? pack : null;
        }
    }

    /// <summary>Where a record went, whether that filled the pack, and whether the pack lies where it can be synced.</summary>
    internal readonly record struct Appended(int Ordinal, uint Offset, bool IsFull, bool CanSync);
}
