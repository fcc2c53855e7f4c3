namespace Braid.Pipelines.Planning;

/// <summary>All combinations of what several parts give.</summary>
internal static class DatumProduct
{
    /// <summary>The right-most part varies fastest.</summary>
    public static IEnumerable<IReadOnlyList<LeafMatch>> Of(
        IReadOnlyList<IReadOnlyList<IReadOnlyList<LeafMatch>>> parts
    ) =>
        parts.Aggregate(
            (IEnumerable<IReadOnlyList<LeafMatch>>)
                [
                    [],
                ],
            (left, part) => left.SelectMany(l => part.Select(r => (IReadOnlyList<LeafMatch>)[.. l, .. r]))
        );
}
