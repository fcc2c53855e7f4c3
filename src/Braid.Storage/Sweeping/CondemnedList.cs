using Braid.Primitives;
using Braid.Storage.Holds;
using Braid.Storage.Packs;

namespace Braid.Storage.Sweeping;

/// <summary>
/// What is condemned: in the index, so that puts write it anew, and, on a store that several servers share, in an object
/// that all of them look at before they let a row name content.
/// </summary>
internal sealed class CondemnedList(PackStore chunks, SweepOptions options, TimeProvider clock)
{
    private readonly SemaphoreSlim looking = new(1, 1);
    private readonly List<CondemnedRecord> records = [];
    private long turn;
    private DateTimeOffset? looked;

    /// <summary>How far sweeping has come.</summary>
    public SweepTurn Turn
    {
        get
        {
            var value = Volatile.Read(ref turn);
            return new(value >> 1, (value & 1) == 1);
        }
    }

    /// <summary>What is known to be kept with all that it refers to, as of the last condemnation.</summary>
    public MarkSet Kept { get; private set; } = new();

    /// <summary>The records of a shared store, as of the last look.</summary>
    public IReadOnlyList<CondemnedRecord> Records => records;

    /// <summary>
    /// Begins a condemnation: from now on seals look. Chunks are condemned after that; holds begun after they are see it.
    /// </summary>
    public void Begin(MarkSet kept)
    {
        Kept = kept;
        Volatile.Write(ref turn, (((turn >> 1) + 1) << 1) | 1);
    }

    /// <summary>Ends it: nothing is condemned any more, and what is in <paramref name="kept"/> was kept.</summary>
    public void End(MarkSet kept)
    {
        Kept = kept;
        Volatile.Write(ref turn, turn & ~1L);
    }

    /// <summary>On a shared store, refuses a hold that other servers would not wait for, and looks what they condemned.</summary>
    public async ValueTask<Result<Unit>> LookAsync(HoldTicket ticket, CancellationToken ct)
    {
        if (!chunks.Blobs.IsShared)
        {
            return Unit.Value;
        }

        var held = clock.GetUtcNow() - ticket.Begun;
        if (held > options.LongestSharedHold)
        {
            return Errors.HeldTooLong(held, options.LongestSharedHold);
        }

        if (looked is not { } at || clock.GetUtcNow() - at > options.LookPeriod)
        {
            await LookAsync(ct);
        }

        return Unit.Value;
    }

    /// <summary>Learns what is condemned on a shared store, and what is not any more.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        await looking.WaitAsync(ct);
        try
        {
            var now = clock.GetUtcNow();
            await LookOnceAsync(ct);
            looked = now;
        }
        finally
        {
            looking.Release();
        }
    }

    private async Task LookOnceAsync(CancellationToken ct)
    {
        var there = new Dictionary<Hex32, long>();
        await foreach (var blob in chunks.Blobs.ListAsync(CondemnedRecord.Prefix, ct))
        {
            if (CondemnedRecord.TryParseName(blob.Name, out var id))
            {
                there[id] = blob.Length;
            }
        }

        foreach (var (id, length) in there.Where(found => records.TrueForAll(record => record.Id != found.Key)))
        {
            if (await ReadAsync(id, length, ct) is { } record)
            {
                records.Add(record);
                Begin(new());
                chunks.CondemnAlways(record.Hashes);
            }
        }

        if (records.RemoveAll(record => !there.ContainsKey(record.Id)) > 0 && records.Count == 0)
        {
            // Before anything is pardoned: what was freed must be forgotten, not found again.
            await chunks.ForgetLostPacksAsync(ct);
            chunks.PardonAll();
            End(new());
        }
    }

    private async Task<CondemnedRecord?> ReadAsync(Hex32 id, long length, CancellationToken ct)
    {
        var bytes = new byte[length];
        try
        {
            var got = await chunks.Blobs.ReadAsync(CondemnedRecord.Prefix + id, 0, bytes, ct);
            return CondemnedRecord.Decode(bytes.AsSpan(0, got));
        }
        catch (FileNotFoundException)
        {
            // Its sweep ended between the listing and the reading.
            return null;
        }
    }
}
