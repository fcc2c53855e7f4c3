using Braid.Primitives;
using Braid.Storage.Holds;
using Braid.Storage.Packs;

namespace Braid.Storage.Sweeping;

/// <summary>
/// Lets writers and a sweep pass each other. While nothing is condemned, sealing is flushing. Otherwise what a row will name is
/// looked through, as far as it is not known to be kept, and what is condemned in it is written anew: that happens where
/// content was taken over from a row which a sweep could not see any more.
/// </summary>
internal sealed class SealGate(PackStore chunks, RefReader reader, HoldRegister holds, CondemnedList condemned)
{
    /// <summary>Begins a hold.</summary>
    public HoldTicket Begin()
    {
        var ticket = holds.Begin();
        // After it has its number: a condemnation that does not wait for this hold is seen here.
        ticket.Turn = condemned.Turn;
        return ticket;
    }

    public void End(HoldTicket ticket) => holds.End(ticket);

    /// <summary>Makes what is referred to durable, and sure to stay.</summary>
    public async Task<Result<Unit>> SealAsync(HoldTicket ticket, ContentRef[] refs, CancellationToken ct)
    {
        if ((await condemned.LookAsync(ticket, ct)).Error is { } tooLong)
        {
            return tooLong;
        }

        if (!condemned.Turn.IsQuietSince(ticket.Turn))
        {
            foreach (var reference in refs)
            {
                if ((await KeepAsync(reference, ct)).Error is { } gone)
                {
                    return gone;
                }
            }
        }

        await chunks.FlushAsync(ct);
        return Unit.Value;
    }

    private async Task<Result<Unit>> KeepAsync(ContentRef root, CancellationToken ct)
    {
        var kept = condemned.Kept;
        var seen = new HashSet<ContentRef>();
        var open = new Stack<ContentRef>([root]);
        while (open.TryPop(out var next))
        {
            if (IsKept(kept, next) || !seen.Add(next))
            {
                continue;
            }

            try
            {
                await RescueAsync(next, ct);
                foreach (var reference in await reader.ReadAsync(next, ct))
                {
                    open.Push(reference);
                }
            }
            catch (CorruptionException) when (!chunks.Index.TryFind(next.Hash, out _))
            {
                return Errors.Gone(next.Hash);
            }
        }

        // Not before all of it was seen: who finds a mark looks no further.
        foreach (var reference in seen)
        {
            if (chunks.Index.TryFindOrdinal(reference.Hash, out var ordinal, out _))
            {
                kept.Add(ordinal, reference.Kind);
            }
        }

        return Unit.Value;
    }

    private bool IsKept(MarkSet kept, ContentRef reference) =>
        chunks.Index.TryFindOrdinal(reference.Hash, out var ordinal, out var isCondemned)
        && !isCondemned
        && kept.Contains(ordinal, reference.Kind);

    // Reads a chunk that is not surely kept only if it is condemned (a put then writes it anew) or unknown.
    private async ValueTask RescueAsync(ContentRef reference, CancellationToken ct)
    {
        if (!chunks.Index.IsKept(reference.Hash))
        {
            using var bytes = await chunks.ReadAsync(reference.Hash, ct);
            await chunks.PutAsync(bytes.Memory, ct);
        }
    }
}
