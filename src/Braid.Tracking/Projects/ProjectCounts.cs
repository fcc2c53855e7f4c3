using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Tracking.Projects;

/// <summary>How many runs or models lie directly in each project, by one question.</summary>
internal static class ProjectCounts
{
    /// <param name="from"><c>FROM ... WHERE ...</c> of the things, whose table is <c>e</c>.</param>
    public static async Task<IReadOnlyDictionary<ProjectId, long>> ReadAsync(DbRead db, string from, FilterSql sql)
    {
        var rows = await db.QueryAsync<Row>(
            $"SELECT e.project_id, COUNT(*) AS things {from} GROUP BY e.project_id",
            sql.Arguments
        );
        return rows.ToDictionary(row => row.ProjectId, row => row.Things);
    }

    private sealed record Row
    {
        public ProjectId ProjectId { get; init; }
        public long Things { get; init; }
    }
}
