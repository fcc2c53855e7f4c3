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
            if (reference.Kind != RefKind.Data && group.Strange.Add(reference))
            {
                group.Open.Push(new(-1, reference.Kind, reference.Depth));
                group.StrangeOpen.Push(reference);
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
            group.Open.Push(new(ordinal, reference.Kind, reference.Depth));
        }
    }

    private async Task FollowAsync(Group group, CancellationToken ct)
    {
        var reads = new Queue<Task<IReadOnlyList<ContentRef>>>();
        while (group.Open.Count > 0 || reads.Count > 0)
        {
            while (reads.Count < chunks.ReadAhead && group.Open.TryPop(out var next))
            {
                reads.Enqueue(reader.ReadAsync(RefOf(next, group), ct).AsTask());
            }

            foreach (var reference in await reads.Dequeue())
            {
                Note(reference, group);
            }
        }
    }

    private ContentRef RefOf(OpenRef open, Group group) =>
        open.Ordinal < 0 ? group.StrangeOpen.Pop()
        : chunks.Index.TryRead(open.Ordinal, out var hash, out _, out _) ? new(hash, open.Kind, open.Depth)
        : throw new InvalidOperationException($"chunk {open.Ordinal} was removed while it was marked");

    private sealed class Group
    {
        public Stack<OpenRef> Open { get; } = new();

        public HashSet<ContentRef> Strange { get; } = [];

        public Stack<ContentRef> StrangeOpen { get; } = new();

        public long References { get; set; }

        public long Bytes { get; set; }
    }

    // A reference by ordinal: a commit's root takes 16 bytes while it waits, not its hash and a list.
    private readonly record struct OpenRef(long Ordinal, RefKind Kind, byte Depth);
}
