using Braid.Tracking.Filters;

namespace Braid.Gateway.ClearML.Queries;

/// <summary>A field that a query gives a list of values for.</summary>
/// <param name="Any">The field has one of these values.</param>
/// <param name="Missing">The field has no value.</param>
internal sealed record Listed(Func<IReadOnlyList<string>, Filter> Any, Filter Missing)
{
    public static Listed Attribute(Field field) =>
        new(values => new Filter.OneOf(field, values), new Filter.Missing(field));

    public static Listed Labels(bool system) =>
        new(
            values => new Filter.Any([.. values.Select(value => new Filter.HasLabel(value, system))]),
            new Filter.HasNoLabel(system)
        );
}
