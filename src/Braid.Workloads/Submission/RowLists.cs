using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Workloads.Submission;

/// <summary>Reads rows of many ids, so many at a time: both stores bound the arguments of a statement.</summary>
internal static class RowLists
{
    private const int mostInList = 1000;

    /// <param name="sql">With <c>{0}</c> where the list of ids goes, after IN.</param>
    public static Task<IReadOnlyList<T>> QueryAsync<T>(DbRead db, string sql, IEnumerable<RunId> ids) =>
        QueryAsync<T>(db, sql, ids.Select(id => $"{id}"));

    public static async Task<IReadOnlyList<T>> QueryAsync<T>(DbRead db, string sql, IEnumerable<string> ids)
    {
        var rows = new List<T>();
        foreach (var some in ids.Chunk(mostInList))
        {
            var names = some.Select((_, at) => $"id{at}").ToList();
            var list = string.Join(", ", names.Select(name => $"@{name}"));
            var arguments = names.Zip(some).ToDictionary(pair => pair.First, pair => (object?)pair.Second);
            rows.AddRange(await db.QueryAsync<T>(sql.Replace("{0}", $"({list})", StringComparison.Ordinal), arguments));
        }

        return rows;
    }
}
