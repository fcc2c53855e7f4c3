using System.Runtime.CompilerServices;
using Braid.Primitives;
using Braid.Storage.Blobs;
using Braid.Storage.Packs;

namespace Braid.Storage.Integrity;

/// <summary>How to scrub.</summary>
public sealed record ScrubOptions
{
    /// <summary>The pack that was read last: only those after it are read. Null for all.</summary>
    public string? After { get; init; }

    /// <summary>Bytes read in a second at most; 0 for as many as the disk gives.</summary>
    public long BytesPerSecond { get; init; }

    /// <summary>False only looks.</summary>
    public bool Repair { get; init; } = true;
}

/// <summary>One pack, read.</summary>
/// <param name="Pack">Its id, 32 hex digits: where a scrub that was broken off goes on after it.</param>
/// <param name="Done">Bytes read so far, those of packs that were skipped too.</param>
/// <param name="Total">Bytes of all packs.</param>
/// <param name="Kept">Where the damaged pack lies now; null when it is in use.</param>
public sealed record ScrubbedPack(
    string Pack,
    long Done,
    long Total,
    long Chunks,
    IReadOnlyList<ChunkDamage> Damages,
    string? Kept
);

/// <summary>
/// Reads every byte of every pack that is there when it begins, in the order of their ids, and repairs what has another
/// copy. Holds a few MiB and 100 bytes for each chunk of one pack. Others read and write meanwhile.
/// </summary>
public sealed class Scrub
{
    private readonly PackStore chunks;

    internal Scrub(PackStore chunks) => this.chunks = chunks;

    /// <summary>Every pack, as it has been read.</summary>
    public async IAsyncEnumerable<ScrubbedPack> RunAsync(
        ScrubOptions options,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var packs = await PacksAsync(ct);
        var total = packs.Sum(pack => pack.Blob.Length);
        var done = 0L;
        foreach (var (id, blob) in packs)
        {
            done += blob.Length;
            if (options.After is { } after && string.CompareOrdinal($"{id}", after) <= 0)
            {
                continue;
            }

            var began = chunks.Clock.GetTimestamp();
            if (await ReadAsync(id, blob, options.Repair, ct) is { } pack)
            {
                yield return pack with
                {
                    Done = done,
                    Total = total,
                };
            }

            await SlowDownAsync(blob.Length, options.BytesPerSecond, began, ct);
        }
    }

    /// <summary>Packs only grow while they are open, so the open ones are closed first.</summary>
    private async Task<IReadOnlyList<(PackId Id, BlobEntry Blob)>> PacksAsync(CancellationToken ct)
    {
        await chunks.SealAsync(_ => true, ct);
        await chunks.LearnNewPacksAsync(ct);
        var packs = new List<(PackId Id, BlobEntry Blob)>();
        await foreach (var blob in chunks.Blobs.ListAsync(PackId.Prefix, ct))
        {
            if (PackId.TryParse(blob.Name, out var id) && chunks.Catalog.IsSealedOrNew(id))
            {
                packs.Add((id, blob));
            }
        }

        return [.. packs.OrderBy(pack => $"{pack.Id}", StringComparer.Ordinal)];
    }

    // Null when it was deleted meanwhile: a sweep found nothing in it that is needed.
    private async Task<ScrubbedPack?> ReadAsync(PackId id, BlobEntry blob, bool repair, CancellationToken ct)
    {
        await chunks.Rearranging.WaitAsync(ct);
        try
        {
            var findings = await PackInspection.RunAsync(chunks.Blobs, blob, ct);
            var isKept = repair && findings.Damages.Count > 0;
            var damages = isKept
                ? await new PackRepair(chunks, id, blob, chunks.Catalog.AddOrFind(id), findings).RunAsync(ct)
                : [.. findings.Damages.Select(damage => damage with { Fate = ChunkFate.Left })];
            return new($"{id}", 0, 0, findings.Good.Count, damages, isKept ? Quarantine.NameOf(id) : null);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        finally
        {
            chunks.Rearranging.Release();
        }
    }

    private async Task SlowDownAsync(long length, long bytesPerSecond, long began, CancellationToken ct)
    {
        if (bytesPerSecond > 0)
        {
            var due = TimeSpan.FromSeconds((double)length / bytesPerSecond);
            var rest = due - chunks.Clock.GetElapsedTime(began);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, chunks.Clock, ct);
            }
        }
    }
}
