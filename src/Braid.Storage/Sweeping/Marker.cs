using Braid.Storage.Packs;
using Braid.Storage.Roots;

namespace Braid.Storage.Sweeping;

/// <summary>What one group of holders refers to that no group before it did.</summary>
/// <param name="References">How many of them there are.</param>
/// <param name="Bytes">As stored.</param>
public sealed record HeldShare(string Kind, string Group, long References, long Bytes);

/// <summary>
/// Finds all that can be reached from the rows: 1 the references of one moment are noted, as ordinals; 2 group after group,
/// every node and every list that was not seen before is read, once; file data is never read.
/// </summary>
/// <param name="marks">Filled; what is in it already is not looked at again.</param>
internal sealed class Marker(PackStore chunks, RefReader reader, MarkSet marks)
{
    private readonly Dictionary<(string Kind, string Group), Group> groups = [];

    /// <summary>What each group holds, in the order in which the groups came.</summary>
    /// <exception cref="CorruptionException">
    /// A node or list is missing or damaged: what it refers to is not known, so nothing may be freed.
    /// </exception>
    public async Task<IReadOnlyList<HeldShare>> MarkAsync(IStoredRoots roots, CancellationToken ct)
    {
        // 1
        await roots.VisitAsync(Note, ct);
        // 2
        var shares = new List<HeldShare>();
        foreach (var (name, group) in groups)
        {
            await FollowAsync(group, ct);
            shares.Add(new(name.Kind, name.Group, group.References, group.Bytes));
        }

        return shares;
    }

    private void Note(StoredRoot root)
    {
        var key = (root.Holder.Kind, root.Holder.Group);
        if (!groups.TryGetValue(key, out var group))
        {
            groups.Add(key, group = new());
        }

        group.References++;
        if (ContentRef.Of(root) is { } reference)
        {
            Note(reference, group);
        }
    }

    private void Note(ContentRef reference, Group group)
    {
        if (!chunks.Index.TryFindOrdinal(reference.Hash, out var ordinal, out _))
        {
            // Another server of a shared store has written it, or it is lost: reading it tells which.
            if (reference.Kind != RefKind.Data && group.Unknown.Add(reference))
            {
                group.Open.Push(new(-1, reference));
            }

            return;
        }

        var isFirst = !marks.Contains(ordinal);
        if (!marks.Add(ordinal, reference.Kind))
        {
            return;
        }

        if (isFirst && chunks.Index.TryRead(ordinal, out _, out var at, out _))
        {
            group.Bytes += at.Length;
        }

        if (reference.Kind != RefKind.Data)
        {
            group.Open.Push(new(ordinal, reference with { Hash = default }));
        }
    }

    private async Task FollowAsync(Group group, CancellationToken ct)
    {
        var reads = new Queue<Task<IReadOnlyList<ContentRef>>>();
        while (group.Open.Count > 0 || reads.Count > 0)
        {
            while (reads.Count < chunks.ReadAhead && group.Open.TryPop(out var next))
            {
                reads.Enqueue(reader.ReadAsync(RefOf(next), ct).AsTask());
            }

            foreach (var reference in await reads.Dequeue())
            {
                Note(reference, group);
            }
        }
    }

    private ContentRef RefOf(OpenRef open) =>
        open.Ordinal < 0 ? open.Reference
        : chunks.Index.TryRead(open.Ordinal, out var hash, out _, out _) ? open.Reference with { Hash = hash }
        : throw new CorruptionException($"the chunk of ordinal {open.Ordinal} was removed while it was marked");

    private sealed class Group
    {
        public Stack<OpenRef> Open { get; } = new();

        public HashSet<ContentRef> Unknown { get; } = [];

        public long References { get; set; }

        public long Bytes { get; set; }
    }

    private readonly record struct OpenRef(long Ordinal, ContentRef Reference);
}
