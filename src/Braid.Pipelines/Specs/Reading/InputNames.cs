using Braid.Primitives;

namespace Braid.Pipelines.Specs.Reading;

/// <summary>
/// Names of inputs are folders under <c>/pfs</c>, so a datum must not have one twice. The parts of a union never meet in a
/// datum and may share a name.
/// </summary>
internal static class InputNames
{
    public static Error? Check(Input input)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return Collect(input, seen) is { } twice ? Errors.InputNameTwice(twice) : null;
    }

    /// <summary>Adds the names to <paramref name="seen"/>; the first that was there already, or null.</summary>
    private static string? Collect(Input input, HashSet<string> seen) =>
        input switch
        {
            Input.Leaf leaf => seen.Add(leaf.Name) ? null : leaf.Name,
            Input.Union union => CollectUnion(union, seen),
            Input.Combination several => several
                .Inputs.Select(part => Collect(part, seen))
                .FirstOrDefault(name => name is not null),
            _ => null,
        };

    private static string? CollectUnion(Input.Union union, HashSet<string> seen)
    {
        var together = new HashSet<string>(seen, StringComparer.Ordinal);
        foreach (var part in union.Inputs)
        {
            var own = new HashSet<string>(seen, StringComparer.Ordinal);
            if (Collect(part, own) is { } twice)
            {
                return twice;
            }

            together.UnionWith(own);
        }

        seen.UnionWith(together);
        return null;
    }
}
