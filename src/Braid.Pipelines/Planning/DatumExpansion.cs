using System.Runtime.CompilerServices;
using Braid.Data.Globbing;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Planning;

/// <summary>
/// Combines what the leaves of an input match in their trees into datums, as they are asked for. What is held in memory are the
/// parts of a cross but the first, and what is joined or grouped.
/// </summary>
/// <param name="roots">The tree that each leaf reads; null where there is no commit. Nothing matches there, nor in a tree without files.</param>
internal sealed class DatumExpansion(ContentStore content, IReadOnlyList<TreeRoot?> roots)
{
    /// <summary>What each datum reads, in the order of the input. A union may give the same one more than once.</summary>
    public IAsyncEnumerable<IReadOnlyList<LeafMatch>> ExpandAsync(InputNode node, CancellationToken ct) =>
        node switch
        {
            InputNode.Leaf leaf => MatchesAsync(leaf, ct),
            InputNode.Union union => union.Parts.ToAsyncEnumerable().SelectMany(part => ExpandAsync(part, ct)),
            InputNode.Cross cross => CrossAsync(cross.Parts, ct),
            InputNode.Join join => JoinAsync(join, null, ct),
            InputNode.Group group => GroupAsync(group, null, ct),
            _ => throw new NotSupportedException($"{node.GetType()} cannot be expanded"),
        };

    /// <summary>The datums of a join whose values are among <paramref name="only"/>; null for all.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LeafMatch>> JoinAsync(
        InputNode.Join join,
        IReadOnlySet<string>? only,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var sides = await GatherAsync(join.Parts, match => match.JoinOn, only, ct);
        foreach (var matched in sides.Select(side => Kept(side, join)))
        {
            foreach (var datum in matched.Count == 0 ? [] : Product(matched))
            {
                yield return datum;
            }
        }
    }

    /// <summary>The datums of a group whose values are among <paramref name="only"/>; null for all.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LeafMatch>> GroupAsync(
        InputNode.Group group,
        IReadOnlySet<string>? only,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        foreach (var sides in await GatherAsync(group.Parts, match => match.GroupBy, only, ct))
        {
            yield return [.. sides.SelectMany(side => side).Distinct()];
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<LeafMatch>> MatchesAsync(
        InputNode.Leaf leaf,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        if (roots[leaf.Index] is { IsEmpty: false } root)
        {
            await foreach (var match in GlobSearch.FindAsync(content, root, leaf.Glob, ct))
            {
                yield return [leaf.Of(match.Entry, match.Captures)];
            }
        }
    }

    /// <summary>The right-most part varies fastest.</summary>
    private async IAsyncEnumerable<IReadOnlyList<LeafMatch>> CrossAsync(
        IReadOnlyList<InputNode> parts,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        List<IReadOnlyList<IReadOnlyList<LeafMatch>>>? others = null;
        await foreach (var first in ExpandAsync(parts[0], ct))
        {
            others ??= await ListAsync(parts.Skip(1), ct);
            foreach (
                var datum in DatumProduct.Of([
                    [first],
                    .. others,
                ])
            )
            {
                yield return datum;
            }
        }
    }

    private async Task<List<IReadOnlyList<IReadOnlyList<LeafMatch>>>> ListAsync(
        IEnumerable<InputNode> parts,
        CancellationToken ct
    )
    {
        var lists = new List<IReadOnlyList<IReadOnlyList<LeafMatch>>>();
        foreach (var part in parts)
        {
            lists.Add(await ExpandAsync(part, ct).ToListAsync(ct));
        }

        return lists;
    }

    // For each value, in the order in which they come, what each part has of it.
    private async Task<IEnumerable<List<LeafMatch>[]>> GatherAsync(
        IReadOnlyList<InputNode> parts,
        Func<LeafMatch, string> valueOf,
        IReadOnlySet<string>? only,
        CancellationToken ct
    )
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var values = new List<List<LeafMatch>[]>();
        foreach (var (index, part) in parts.Index())
        {
            await foreach (var datum in ExpandAsync(part, ct))
            {
                foreach (var match in datum.Where(match => only?.Contains(valueOf(match)) ?? true))
                {
                    if (!places.TryGetValue(valueOf(match), out var place))
                    {
                        places.Add(valueOf(match), place = values.Count);
                        values.Add([.. parts.Select(_ => new List<LeafMatch>())]);
                    }

                    values[place][index].Add(match);
                }
            }
        }

        return values;
    }

    // All sides where each has a match; else those that are kept without partners.
    private static IReadOnlyList<List<LeafMatch>> Kept(IReadOnlyList<List<LeafMatch>> sides, InputNode.Join join) =>
        sides.All(side => side.Count > 0)
            ? sides
            : [.. sides.Where(side => side.Count > 0 && join.Leaves[side[0].Leaf].OuterJoin)];

    private static IEnumerable<IReadOnlyList<LeafMatch>> Product(IReadOnlyList<List<LeafMatch>> sides) =>
        DatumProduct.Of([
            .. sides.Select(side =>
                (IReadOnlyList<IReadOnlyList<LeafMatch>>)
                    [.. side.Distinct().Select(match => (IReadOnlyList<LeafMatch>)[match])]
            ),
        ]);
}
