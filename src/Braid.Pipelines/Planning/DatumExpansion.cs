using Braid.Pipelines.Specs;

namespace Braid.Pipelines.Planning;

/// <summary>Combines what the leaves of an input matched into datums.</summary>
internal static class DatumExpansion
{
    /// <param name="matches">What each leaf matched, in the order of <see cref="Input.Leaves"/>.</param>
    public static IEnumerable<IReadOnlyList<LeafMatch>> Expand(
        Input input,
        IReadOnlyList<IReadOnlyList<LeafMatch>> matches
    )
    {
        var leaf = 0;
        return Expand(input, matches, ref leaf);
    }

    private static IEnumerable<IReadOnlyList<LeafMatch>> Expand(
        Input input,
        IReadOnlyList<IReadOnlyList<LeafMatch>> matches,
        ref int leaf
    )
    {
        switch (input)
        {
            case Input.Cross cross:
                return Product(Parts(cross.Inputs, matches, ref leaf));
            case Input.Union union:
                return Parts(union.Inputs, matches, ref leaf).SelectMany(part => part);
            default:
                return matches[leaf++].Select(match => (IReadOnlyList<LeafMatch>)[match]);
        }
    }

    private static List<IEnumerable<IReadOnlyList<LeafMatch>>> Parts(
        IReadOnlyList<Input> inputs,
        IReadOnlyList<IReadOnlyList<LeafMatch>> matches,
        ref int leaf
    )
    {
        var parts = new List<IEnumerable<IReadOnlyList<LeafMatch>>>();
        foreach (var input in inputs)
        {
            parts.Add(Expand(input, matches, ref leaf));
        }

        return parts;
    }

    /// <summary>The right-most part varies fastest.</summary>
    private static IEnumerable<IReadOnlyList<LeafMatch>> Product(
        IEnumerable<IEnumerable<IReadOnlyList<LeafMatch>>> parts
    ) =>
        parts.Aggregate(
            (IEnumerable<IReadOnlyList<LeafMatch>>)
                [
                    [],
                ],
            (left, right) => left.SelectMany(l => right.Select(r => (IReadOnlyList<LeafMatch>)[.. l, .. r]))
        );
}
