using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Planning;

/// <summary>
/// What an input's datums lost and gained between two states of its trees, found by comparing the trees. A datum may be in
/// both lists; what is in neither is as it was.
/// </summary>
internal sealed record InputDelta(
    IReadOnlyList<IReadOnlyList<LeafMatch>> Removed,
    IReadOnlyList<IReadOnlyList<LeafMatch>> Added
)
{
    public static InputDelta None { get; } = new([], []);

    public bool IsEmpty => Removed.Count + Added.Count == 0;
}

/// <summary>Finds the <see cref="InputDelta"/> of an input, at the cost of what changed; only what may be combined with it is read beside.</summary>
/// <param name="most">More datums than so are not worth finding this way.</param>
internal sealed class DatumDelta(
    ContentStore content,
    IReadOnlyList<TreeRoot?> old,
    IReadOnlyList<TreeRoot?> now,
    int most
)
{
    private readonly DatumExpansion before = new(content, old);
    private readonly DatumExpansion after = new(content, now);

    /// <summary>Null when it is too much.</summary>
    public async Task<InputDelta?> FindAsync(InputNode node, CancellationToken ct)
    {
        var delta = node switch
        {
            InputNode.Leaf leaf => await LeafAsync(leaf, ct),
            InputNode.Union union => Together(await PartsAsync(union.Parts, ct)),
            InputNode.Cross cross => await CrossAsync(cross.Parts, ct),
            InputNode.Join join => await JoinAsync(join, ct),
            InputNode.Group group => await GroupAsync(group, ct),
            _ => throw new NotSupportedException($"{node.GetType()} cannot be compared"),
        };
        return delta?.Removed.Count > most || delta?.Added.Count > most ? null : delta;
    }

    // The difference tells of a directory when anything below it changed, which is what a match that is a directory needs.
    private async Task<InputDelta?> LeafAsync(InputNode.Leaf leaf, CancellationToken ct)
    {
        if (old[leaf.Index] is not { } from || now[leaf.Index] is not { } to || from == to)
        {
            return InputDelta.None;
        }

        var removed = new List<IReadOnlyList<LeafMatch>>();
        var added = new List<IReadOnlyList<LeafMatch>>();
        await foreach (var change in content.DiffAsync(from, to, "/", ct))
        {
            AddMatch(leaf, change.Old, removed);
            AddMatch(leaf, change.New, added);
            if (removed.Count > most || added.Count > most)
            {
                return null;
            }
        }

        return new(removed, added);
    }

    private static void AddMatch(InputNode.Leaf leaf, TreeEntry? entry, List<IReadOnlyList<LeafMatch>> to)
    {
        if (entry is not null && leaf.Match(entry) is { } match)
        {
            to.Add([match]);
        }
    }

    private async Task<IReadOnlyList<InputDelta>?> PartsAsync(IReadOnlyList<InputNode> parts, CancellationToken ct)
    {
        var deltas = new List<InputDelta>();
        foreach (var part in parts)
        {
            if (await FindAsync(part, ct) is not { } delta)
            {
                return null;
            }

            deltas.Add(delta);
        }

        return deltas;
    }

    private static InputDelta? Together(IReadOnlyList<InputDelta>? parts) =>
        parts is null
            ? null
            : new([.. parts.SelectMany(part => part.Removed)], [.. parts.SelectMany(part => part.Added)]);

    private async Task<InputDelta?> CrossAsync(IReadOnlyList<InputNode> parts, CancellationToken ct)
    {
        if (await PartsAsync(parts, ct) is not { } deltas)
        {
            return null;
        }

        var removed = await CombineAsync(before, parts, [.. deltas.Select(delta => delta.Removed)], ct);
        var added = await CombineAsync(after, parts, [.. deltas.Select(delta => delta.Added)], ct);
        return removed is null || added is null ? null : new(removed, added);
    }

    // Each combination with something changed in it, once: all parts before the first changed one are unchanged.
    private async Task<IReadOnlyList<IReadOnlyList<LeafMatch>>?> CombineAsync(
        DatumExpansion side,
        IReadOnlyList<InputNode> parts,
        IReadOnlyList<IReadOnlyList<IReadOnlyList<LeafMatch>>> changed,
        CancellationToken ct
    )
    {
        var combined = new List<IReadOnlyList<LeafMatch>>();
        for (var first = 0; first < parts.Count; first++)
        {
            if (changed[first].Count == 0)
            {
                continue;
            }

            var factors = new List<IReadOnlyList<IReadOnlyList<LeafMatch>>>();
            foreach (var (index, part) in parts.Index())
            {
                factors.Add(
                    index == first
                        ? changed[first]
                        : await AllAsync(side, part, index < first ? changed[index] : [], ct)
                );
            }

            if (factors.Aggregate((double)combined.Count + 1, (count, factor) => count * factor.Count) > most)
            {
                return null;
            }

            combined.AddRange(DatumProduct.Of(factors));
        }

        return combined;
    }

    private static async Task<IReadOnlyList<IReadOnlyList<LeafMatch>>> AllAsync(
        DatumExpansion side,
        InputNode part,
        IReadOnlyList<IReadOnlyList<LeafMatch>> but,
        CancellationToken ct
    )
    {
        var left = but.Select(PathsOf).ToHashSet(StringComparer.Ordinal);
        return await side.ExpandAsync(part, ct).Where(datum => !left.Contains(PathsOf(datum))).ToListAsync(ct);
    }

    private static string PathsOf(IReadOnlyList<LeafMatch> datum) =>
        string.Join('\0', datum.Select(match => $"{match.Leaf}{match.Path}"));

    // Whatever shares a value with something that changed is looked at again, before and after.
    private async Task<InputDelta?> JoinAsync(InputNode.Join join, CancellationToken ct)
    {
        var values = await ValuesAsync(join.Parts, match => match.JoinOn, ct);
        return values is null ? null
            : values.Count == 0 ? InputDelta.None
            : await BothAsync(side => side.JoinAsync(join, values, ct), ct);
    }

    private async Task<InputDelta?> GroupAsync(InputNode.Group group, CancellationToken ct)
    {
        var values = await ValuesAsync(group.Parts, match => match.GroupBy, ct);
        return values is null ? null
            : values.Count == 0 ? InputDelta.None
            : await BothAsync(side => side.GroupAsync(group, values, ct), ct);
    }

    private async Task<IReadOnlySet<string>?> ValuesAsync(
        IReadOnlyList<InputNode> parts,
        Func<LeafMatch, string> valueOf,
        CancellationToken ct
    ) =>
        Together(await PartsAsync(parts, ct)) is { } delta
            ? delta
                .Removed.Concat(delta.Added)
                .SelectMany(datum => datum)
                .Select(valueOf)
                .ToHashSet(StringComparer.Ordinal)
            : null;

    private async Task<InputDelta?> BothAsync(
        Func<DatumExpansion, IAsyncEnumerable<IReadOnlyList<LeafMatch>>> expand,
        CancellationToken ct
    )
    {
        var removed = await expand(before).Take(most + 1).ToListAsync(ct);
        return removed.Count > most ? null : new(removed, await expand(after).Take(most + 1).ToListAsync(ct));
    }
}
