using System.Globalization;
using System.Numerics;

namespace Braid.Metadata;

/// <summary>
/// The ids of some rows, to be named in a statement: <c>WHERE id IN {ids}</c>, with <see cref="Arguments"/>. They are
/// parameters, for a text that holds the ids themselves is another one for every row: reading its answer is then compiled
/// anew each time. There are only a few texts, as the last id is repeated up to the next power of two.
/// </summary>
public sealed class RowIds
{
    /// <summary>More would take longer to bind than a text of its own takes to compile; the stores have limits, too.</summary>
    private const int mostParameters = 1024;

    private readonly string text;

    private RowIds(string text, IReadOnlyDictionary<string, object> arguments) =>
        (this.text, Arguments) = (text, arguments);

    /// <summary>What the statement is run with.</summary>
    public IReadOnlyDictionary<string, object> Arguments { get; }

    public static RowIds Of(IEnumerable<long> ids)
    {
        var all = ids.ToList();
        if (all.Count == 0)
        {
            return new("(NULL)", new Dictionary<string, object>(StringComparer.Ordinal));
        }

        return all.Count > mostParameters
            ? new($"({string.Join(',', all)})", new Dictionary<string, object>(StringComparer.Ordinal))
            : Bound(all);
    }

    /// <summary>The list, with its brackets.</summary>
    public override string ToString() => text;

    private static RowIds Bound(List<long> ids)
    {
        var places = Enumerable.Range(0, (int)BitOperations.RoundUpToPowerOf2((uint)ids.Count)).ToList();
        return new(
            $"({string.Join(',', places.Select(place => "@" + Name(place)))})",
            places.ToDictionary(Name, place => (object)ids[Math.Min(place, ids.Count - 1)], StringComparer.Ordinal)
        );
    }

    private static string Name(int place) => string.Create(CultureInfo.InvariantCulture, $"id{place}");
}
