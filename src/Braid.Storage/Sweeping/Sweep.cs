using Braid.Primitives;
using Braid.Storage.Packs;
using Braid.Storage.Roots;

namespace Braid.Storage.Sweeping;

/// <summary>
/// One sweep of a store, while writers write (docs/adr/0010-sweep.md says why that is safe):
/// 1 mark what the rows reach; 2 condemn, in the packs that are worth it, what is not marked: a put writes it anew; 3 wait
/// until every hold has ended that was begun before; 4 mark again, and pardon what is reached by now; 5 free those packs.
/// On a shared store 2 is an object that all servers honour, 3 a grace period, and 4 may be another server's or another day's.
/// </summary>
internal sealed class Sweep(
    ContentStore store,
    IStoredRoots roots,
    ISweepLease lease,
    SweepOptions options,
    IdSource ids,
    Action<SweepPhase> enter
)
{
    private readonly PackStore chunks = store.Parts.Chunks;
    private readonly RefReader reader = new(store.Parts.Chunks, store.Parts.Nodes);

    /// <summary>What a sweep would do.</summary>
    public async Task<SweepPlan> PlanAsync(CancellationToken ct)
    {
        enter(SweepPhase.Marking);
        await LearnAsync(ct);
        var marks = new MarkSet();
        var held = await new Marker(chunks, reader, marks).MarkAsync(roots, ct);
        var packs = await PackSurvey.TakeAsync(chunks, (ordinal, _) => marks.Contains(ordinal), ct);
        var doomed = packs.Where(IsWorthFreeing).ToList();
        return new()
        {
            Id = ids.Next(),
            Made = chunks.Clock.GetUtcNow(),
            StoredBytes = packs.Sum(pack => pack.Length),
            Packs = packs.Count,
            FreedBytes = doomed.Sum(pack => pack.Dead),
            DeletedPacks = doomed.Count(pack => pack.Live == 0),
            RewrittenPacks = doomed.Count(pack => pack.Live > 0),
            SpareBytes = packs.Where(pack => !IsWorthFreeing(pack)).Sum(pack => pack.Dead),
            Held = held,
            Doomed = doomed.Select(pack => pack.Id).ToHashSet(),
        };
    }

    /// <summary>Frees what can be freed by now.</summary>
    /// <param name="plan">Free nothing but its packs; null: all that are worth it.</param>
    public Task<SweepOutcome> RunAsync(SweepPlan? plan, CancellationToken ct) =>
        chunks.Blobs.IsShared ? RunSharedAsync(plan, ct) : RunAloneAsync(plan, ct);

    private async Task<SweepOutcome> RunAloneAsync(SweepPlan? plan, CancellationToken ct)
    {
        // 1
        enter(SweepPhase.Marking);
        var marks = new MarkSet();
        await new Marker(chunks, reader, marks).MarkAsync(roots, ct);
        var doomed = await DoomedAsync(plan, (ordinal, _) => marks.Contains(ordinal), ct);
        if (doomed.Count == 0)
        {
            return SweepOutcome.Nothing;
        }

        // 2
        enter(SweepPhase.Waiting);
        store.Condemned.Begin(marks);
        var condemned = Unmarked(marks, doomed);
        try
        {
            condemned.ForEach(chunk => chunks.Index.Condemn(chunk.Hash, chunk.At));
            // 3
            await store.Holds.WhenEndedAsync(store.Holds.Last, ct);
            // 4
            enter(SweepPhase.Marking);
            await new Marker(chunks, reader, marks).MarkAsync(roots, ct);
            condemned.Where(chunk => IsMarked(chunk.Hash, marks)).ToList().ForEach(Pardon);
            // 5
            enter(SweepPhase.Freeing);
            var packs = doomed.Select(pack => pack.Id).ToHashSet();
            return await FreeAsync(await CondemnedPacksAsync(packs.Contains, ct), ct);
        }
        finally
        {
            condemned.ForEach(Pardon);
            store.Condemned.End(marks);
        }
    }

    private async Task<SweepOutcome> RunSharedAsync(SweepPlan? plan, CancellationToken ct)
    {
        await LearnAsync(ct);
        var records = store.Condemned.Records;
        if (records.Count == 0)
        {
            return await PublishAsync(plan, ct);
        }

        var ready = records.Max(record => record.FreeAfter);
        if (chunks.Clock.GetUtcNow() < ready)
        {
            return SweepOutcome.Nothing with { ContinuesAt = ready };
        }

        // 3: this server's own writers; the grace period was the others'.
        enter(SweepPhase.Waiting);
        await store.Holds.WhenEndedAsync(store.Holds.Last, ct);
        // 4
        enter(SweepPhase.Marking);
        var marks = new MarkSet();
        await new Marker(chunks, reader, marks).MarkAsync(roots, ct);
        foreach (var hash in records.SelectMany(record => record.Hashes).Where(hash => IsMarked(hash, marks)))
        {
            chunks.Index.Pardon(hash);
        }

        // 5
        enter(SweepPhase.Freeing);
        var outcome = await FreeAsync(await CondemnedPacksAsync(_ => true, ct), ct);
        foreach (var record in records.ToList())
        {
            if (!await lease.TakeAsync(ct))
            {
                break;
            }

            await chunks.Blobs.DeleteAsync(record.BlobName, ct);
        }

        await store.Condemned.LookAsync(ct);
        return outcome;
    }

    // 1 and 2 of a shared store: the others learn of it by the object.
    private async Task<SweepOutcome> PublishAsync(SweepPlan? plan, CancellationToken ct)
    {
        enter(SweepPhase.Marking);
        var marks = new MarkSet();
        await new Marker(chunks, reader, marks).MarkAsync(roots, ct);
        var doomed = await DoomedAsync(plan, (ordinal, _) => marks.Contains(ordinal), ct);
        var hashes = Unmarked(marks, doomed).Take(options.MostShared).Select(chunk => chunk.Hash).Order().ToList();
        if (hashes.Count == 0 && doomed.Count == 0)
        {
            return SweepOutcome.Nothing;
        }

        var now = chunks.Clock.GetUtcNow();
        var record = new CondemnedRecord(ids.Next(), now, now + options.Grace, hashes);
        if (!await lease.TakeAsync(ct))
        {
            return SweepOutcome.Nothing;
        }

        await chunks.Blobs.PutAsync(record.BlobName, record.Encode(), ct);
        await store.Condemned.LookAsync(ct);
        return SweepOutcome.Nothing with { ContinuesAt = record.FreeAfter };
    }

    private async Task LearnAsync(CancellationToken ct)
    {
        if (chunks.Blobs.IsShared)
        {
            await store.Condemned.LookAsync(ct);
            await chunks.LearnNewPacksAsync(ct);
        }
    }

    private async Task<IReadOnlyList<PackShare>> DoomedAsync(
        SweepPlan? plan,
        Func<long, bool, bool> isLive,
        CancellationToken ct
    )
    {
        var packs = await PackSurvey.TakeAsync(chunks, isLive, ct);
        return [.. packs.Where(pack => IsWorthFreeing(pack) && plan?.Doomed.Contains(pack.Id) != false)];
    }

    // The packs of those asked for that are worth freeing with what is still condemned gone.
    private async Task<IReadOnlyList<PackShare>> CondemnedPacksAsync(Func<PackId, bool> asked, CancellationToken ct)
    {
        await chunks.SealAsync(asked, ct);
        var packs = await PackSurvey.TakeAsync(chunks, (_, isCondemned) => !isCondemned, ct);
        return [.. packs.Where(pack => asked(pack.Id) && IsWorthFreeing(pack))];
    }

    private bool IsWorthFreeing(PackShare pack) =>
        pack.Dead > 0 && (pack.Live == 0 || pack.Dead >= options.DeadShare * pack.Length);

    private List<(Sha256Hash Hash, ChunkLocation At)> Unmarked(MarkSet marks, IReadOnlyList<PackShare> packs)
    {
        var places = packs.Select(pack => pack.Ordinal).ToHashSet();
        var unmarked = new List<(Sha256Hash, ChunkLocation)>();
        for (var ordinal = 0L; ordinal < chunks.Index.OrdinalEnd; ordinal++)
        {
            if (
                !marks.Contains(ordinal)
                && chunks.Index.TryRead(ordinal, out var hash, out var at, out _)
                && places.Contains(at.Pack)
            )
            {
                unmarked.Add((hash, at));
            }
        }

        return unmarked;
    }

    private bool IsMarked(Sha256Hash hash, MarkSet marks) =>
        chunks.Index.TryFindOrdinal(hash, out var ordinal, out _) && marks.Contains(ordinal);

    private void Pardon((Sha256Hash Hash, ChunkLocation At) chunk) => chunks.Index.Pardon(chunk.Hash);

    private async Task<SweepOutcome> FreeAsync(IReadOnlyList<PackShare> packs, CancellationToken ct)
    {
        var (freed, deleted, rewritten) = (0L, 0, 0);
        var rewrite = new PackRewrite(chunks);
        foreach (var pack in packs)
        {
            if (await rewrite.FreeAsync(pack, lease.TakeAsync, ct))
            {
                freed += pack.Dead;
                _ = pack.Live == 0 ? deleted++ : rewritten++;
            }
        }

        return new(freed, deleted, rewritten, null);
    }
}
