using Braid.Tracking.Filters;

namespace Braid.Tracking.Runs.Finding;

/// <summary>Rows that an index finds.</summary>
/// <param name="Table">With its alias.</param>
/// <param name="Run">The column that says which run a row is of.</param>
internal sealed record IndexedRows(string Table, string Run, Func<FilterSql, string> Where)
{
    public string Select(FilterSql sql, string column) => $"SELECT {column} FROM {Table} WHERE {Where(sql)}";
}
