namespace Braid.Pipelines.Datums;

/// <summary>Finds datums by what a user can see of them.</summary>
internal static class DatumFilter
{
    /// <summary>True when each filter is the datum's id, one of its paths, or the hash (hex, base64) of one of its files.</summary>
    public static bool Matches(DatumRow datum, IReadOnlyList<string> filters)
    {
        var inputs = datum.ReadInputs();
        return filters.All(filter =>
            filter == $"{datum.Id}"
            || inputs.Any(input =>
                filter == input.Path || filter == $"{input.Hash}" || filter == Convert.ToBase64String(input.Hash.Bytes)
            )
        );
    }
}
