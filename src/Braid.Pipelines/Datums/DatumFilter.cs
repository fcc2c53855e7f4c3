using Braid.Pipelines.Planning;
using Braid.Primitives;

namespace Braid.Pipelines.Datums;

/// <summary>Finds datums by what a user can see of them.</summary>
internal static class DatumFilter
{
    /// <summary>True when each filter is the datum's id, one of its paths, or the hash (hex, base64) of one of its files.</summary>
    public static bool Matches(Sha256Hash id, IReadOnlyList<LeafMatch> inputs, IReadOnlyList<string> filters) =>
        Matches($"{id}", inputs.Select(input => (input.Path, input.Hash)), filters);

    /// <inheritdoc cref="Matches(Sha256Hash, IReadOnlyList{LeafMatch}, IReadOnlyList{string})"/>
    public static bool Matches(Datum datum, IReadOnlyList<string> filters) =>
        Matches(datum.Id, datum.Inputs.Select(input => (input.Path, input.Hash)), filters);

    private static bool Matches(
        string id,
        IEnumerable<(string Path, Sha256Hash Hash)> files,
        IReadOnlyList<string> filters
    ) =>
        filters.All(filter =>
            filter == id
            || files.Any(file =>
                filter == file.Path || filter == $"{file.Hash}" || filter == Convert.ToBase64String(file.Hash.Bytes)
            )
        );
}
