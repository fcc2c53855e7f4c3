using System.Text;

namespace Braid.Pipelines.Egressing;

/// <summary>Which columns the values of a file's rows are for.</summary>
/// <param name="Columns">Empty: those of the table, in its order.</param>
/// <param name="HasHeader">The first row names them.</param>
internal sealed record CsvForm(IReadOnlyList<string> Columns, bool HasHeader)
{
    /// <summary>
    /// A file whose first row names exactly the columns that were asked for says itself in which order they come; any other
    /// has them in the order in which they were asked for.
    /// </summary>
    public static async Task<CsvForm> OfAsync(Stream file, IReadOnlyList<string> columns, CancellationToken ct)
    {
        if (columns.Count == 0)
        {
            return new([], false);
        }

        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        var first = (await reader.ReadLineAsync(ct) ?? "").Split(',').Select(Unquote).ToList();
        var isHeader = first.Count == columns.Count && first.ToHashSet(StringComparer.Ordinal).SetEquals(columns);
        return isHeader ? new(first, true) : new(columns, false);
    }

    private static string Unquote(string value)
    {
        var plain = value.Trim();
        return plain is ['"', .. var inner, '"'] ? inner.Replace("\"\"", "\"", StringComparison.Ordinal) : plain;
    }
}
