using Braid.Scoring.Python;

namespace Braid.Scoring.Frames;

/// <summary>A column of a data frame.</summary>
/// <param name="Name">A text, or a number where columns have no names.</param>
/// <param name="DType">pandas' type of it; null: pandas is to find out.</param>
internal sealed record Column(object Name, PyList Values, string? DType = null)
{
    /// <summary>The type of a column of bytes, which are base64 here.</summary>
    public const string Bytes = "bytes";

    /// <summary>The type of a column whose cells are arrays.</summary>
    public const string Arrays = "arrays";

    public string Label => PythonText.Str(Name);
}

/// <summary>A data frame.</summary>
/// <param name="Rows">How many; a frame may have rows and no columns.</param>
internal sealed record Frame(IReadOnlyList<Column> Columns, int Rows)
{
    /// <summary>Names of rows; null: their numbers.</summary>
    public PyList? Index { get; init; }

    public Column? Find(string name) => Columns.FirstOrDefault(column => column.Name is string own && own == name);

    /// <summary>A column for each name that a row has; a row without it has not-a-number there.</summary>
    public static Frame OfRows(IReadOnlyList<PyDict> rows)
    {
        var columns = new OrderedDictionary<string, PyList>();
        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var (name, value) in rows[row])
            {
                if (!columns.TryGetValue(name, out var values))
                {
                    columns[name] = values = [.. Enumerable.Repeat((object?)double.NaN, row)];
                }

                values.Add(value);
            }

            foreach (var (_, values) in columns)
            {
                if (values.Count == row)
                {
                    values.Add(double.NaN);
                }
            }
        }

        return new([.. columns.Select(pair => new Column(pair.Key, pair.Value))], rows.Count);
    }

    /// <summary>A column for each item of the longest row; shorter rows have nothing there.</summary>
    /// <param name="names">Null: the columns' numbers.</param>
    public static Frame OfLists(IReadOnlyList<PyList> rows, IReadOnlyList<object>? names)
    {
        var width = rows.Count == 0 ? names?.Count ?? 0 : rows.Max(row => row.Count);
        var columns = Enumerable
            .Range(0, width)
            .Select(at => new Column(names?[at] ?? (long)at, [.. rows.Select(row => row.ElementAtOrDefault(at))]));
        return new([.. columns], rows.Count);
    }

    /// <summary>One column without a name.</summary>
    public static Frame OfItems(PyList items) => new([new(0L, items)], items.Count);
}
