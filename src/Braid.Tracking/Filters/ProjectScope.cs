using Braid.Primitives;

namespace Braid.Tracking.Filters;

/// <summary>The condition that an entity lies in some projects.</summary>
internal static class ProjectScope
{
    /// <param name="below">With the projects whose path begins with one of theirs.</param>
    public static string And(FilterSql sql, IReadOnlyList<ProjectId>? projects, bool below)
    {
        if (!below || projects is not { Count: > 0 })
        {
            return sql.AndIn("e.project_id", projects);
        }

        return $"""
             AND EXISTS (SELECT 1 FROM project top
              WHERE (p.id = top.id OR SUBSTR(p.name, 1, LENGTH(top.name) + 1) = top.name || '/'){sql.AndIn(
                "top.id",
                projects
            )})
            """;
    }
}
