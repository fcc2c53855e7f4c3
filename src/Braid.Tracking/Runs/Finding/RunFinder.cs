using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Tracking.Runs.Finding;

/// <summary>
/// Finds a page of runs by the index that leaves the fewest to look at: 1 few runs are looked at one by one, and so are those that the
/// stores find by themselves; 2 a condition that few rows of an index satisfy gives the runs; 3 an index that has the page's
/// order gives them, if the page fills soon; 4 the condition that the fewest satisfy does, if they are not too many; 5 the order
/// does to its end, if it has all; 6 all runs are looked at. Whatever an index gives is looked at with the whole condition.
/// </summary>
internal sealed class RunFinder(DbRead db, RunQuery query, Func<FilterSql, string> condition)
{
    private const int mostProjects = 100;

    private readonly IReadOnlyList<Filter> parts = [.. Flat(query.Where)];

    /// <summary>The page's runs, and one more where there is one.</summary>
    public async Task<IReadOnlyList<RunId>> FindAsync() => await FindByIndexAsync() ?? await FindAmongAllAsync();

    private async Task<IReadOnlyList<RunId>?> FindByIndexAsync()
    {
        // 1
        if (query.Limit is null || IsNarrow())
        {
            return null;
        }

        var projects = await ProjectsAsync();
        if (projects is not null && await HasFewRunsAsync(projects))
        {
            return null;
        }

        // 2
        var conditions = IndexedCondition.Among(parts);
        if (await FewestAsync(conditions, query.Bounds.Few) is { } few)
        {
            return await FindAmongAsync(few);
        }

        // 3
        var order = IndexedOrder.Of(query, parts, projects);
        if (order is not null && await FindSoonAsync(order) is { } soon)
        {
            return soon;
        }

        // 4
        if (await FewestAsync(conditions, query.Bounds.Many) is { } fewest)
        {
            return await FindAmongAsync(fewest);
        }

        // 5
        return order is { HasAll: true } ? await FindInOrderAsync(order, bound: null) : null;
    }

    private static IEnumerable<Filter> Flat(Filter filter) =>
        filter is Filter.All all ? all.Parts.SelectMany(Flat) : [filter];

    /// <summary>True when other indexes find the runs.</summary>
    private bool IsNarrow() =>
        query.Ids is not null
        || parts.Any(part =>
            part is Filter.OneOf one && one.Field == RunFields.Parent
            || part is Filter.Compare { Comparison: Comparison.Equal } compare && compare.Field == RunFields.Parent
        );

    private async Task<bool> HasFewRunsAsync(IReadOnlyList<string> projects)
    {
        var count = new FilterSql();
        var within = count.AndIn("e.project_id", projects);
        return await db.ScalarAsync<long>(
                $"SELECT COUNT(*) FROM (SELECT 1 FROM run e WHERE TRUE{within} LIMIT {query.Bounds.Few + 1}) counted",
                count.Arguments
            ) <= query.Bounds.Few;
    }

    /// <summary>The projects that the runs lie in, asked for as a scope or as a condition; null when it may be any.</summary>
    private async Task<IReadOnlyList<string>?> ProjectsAsync() =>
        query.Projects is not { } scope ? parts.OfType<Filter.OneOf>().FirstOrDefault(IsOfProjects)?.Values
        : query.IncludeSubprojects ? await WithThoseBelowAsync()
        : [.. scope.Select(project => project.ToString())];

    /// <summary>Null when there are many.</summary>
    private async Task<IReadOnlyList<string>?> WithThoseBelowAsync()
    {
        var sql = new FilterSql();
        var found = await db.QueryAsync<string>(
            $"SELECT p.id FROM project p WHERE TRUE{ProjectScope.And(sql, query.Projects, below: true)} LIMIT {mostProjects + 1}",
            sql.Arguments
        );
        return found.Count > mostProjects ? null : found;
    }

    private static bool IsOfProjects(Filter.OneOf part) => part.Field == RunFields.Project;

    /// <summary>The condition with the fewest rows, if they are no more than so many.</summary>
    private async Task<IndexedCondition?> FewestAsync(IReadOnlyList<IndexedCondition> conditions, int most)
    {
        var (fewest, least) = ((IndexedCondition?)null, (long)most);
        foreach (var one in conditions)
        {
            var count = await one.CountAsync(db, most);
            if (count <= least)
            {
                (fewest, least) = (one, count);
            }
        }

        return fewest;
    }

    /// <summary>
    /// Null when the page is not full after as many rows as are looked at on trial: few first, since a store may look at a whole trial before
    /// it sorts.
    /// </summary>
    private async Task<IReadOnlyList<RunId>?> FindSoonAsync(IndexedOrder order)
    {
        var wanted = (long)query.Offset + (query.Limit ?? 0) + 1;
        return await TryAsync(order, Math.Max(query.Bounds.Few / 2, 2 * wanted), withEqual: false)
            ?? await TryAsync(order, Math.Max(4 * query.Bounds.Few, 4 * wanted), withEqual: true);
    }

    /// <param name="withEqual">With all rows whose value the last one has, however many there are.</param>
    private async Task<IReadOnlyList<RunId>?> TryAsync(IndexedOrder order, long rows, bool withEqual)
    {
        if (rows > query.Bounds.Many)
        {
            return null;
        }

        var last = await order.ValueAtAsync(db, (int)rows);
        var page = await FindInOrderAsync(order, last is null ? null : new(last, withEqual));
        return page.Count > query.Limit || (last is null && order.HasAll) ? page : null;
    }

    // The stores keep the order of a CROSS JOIN (SQLite) or find it (PostgreSQL).
    private async Task<IReadOnlyList<RunId>> FindInOrderAsync(IndexedOrder order, OrderBound? bound)
    {
        var sql = new FilterSql();
        var rest = sql.OrderBy([.. order.Rest, .. query.OrderBy.Skip(1)], "e.id")["ORDER BY ".Length..];
        return await db.QueryAsync<RunId>(
            $"""
            SELECT e.id FROM {order.Table} {order.Joins}
            WHERE {order.RowsBefore(sql, bound)} AND {order.On(sql)} AND {condition(sql)}
            ORDER BY {order.Column} {order.Direction}, {rest} {sql.Paging(query.Offset, query.Limit)}
            """,
            sql.Arguments
        );
    }

    private async Task<IReadOnlyList<RunId>> FindAmongAsync(IndexedCondition among)
    {
        var sql = new FilterSql();
        return await db.QueryAsync<RunId>(
            $"""
            WITH c(id) AS MATERIALIZED ({among.Ids(sql)})
            SELECT e.id FROM c CROSS JOIN run e CROSS JOIN project p
            WHERE e.id = c.id AND p.id = e.project_id AND {condition(sql)}
            {sql.OrderBy(query.OrderBy, "e.id")} {sql.Paging(query.Offset, query.Limit)}
            """,
            sql.Arguments
        );
    }

    /// <summary>The same without an index that was chosen here.</summary>
    // Only ids are sorted: rows are wide.
    public async Task<IReadOnlyList<RunId>> FindAmongAllAsync()
    {
        var sql = new FilterSql();
        return await db.QueryAsync<RunId>(
            $"""
            SELECT e.id {RunRow.From} WHERE {condition(sql)}
            {sql.OrderBy(query.OrderBy, "e.id")} {sql.Paging(query.Offset, query.Limit)}
            """,
            sql.Arguments
        );
    }
}
