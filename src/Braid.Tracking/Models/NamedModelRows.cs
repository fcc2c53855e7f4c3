using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Tracking.Models;

/// <summary>Reading and making named models inside somebody's transaction.</summary>
internal static class NamedModelRows
{
    private const string columns = "e.id, e.name, e.description, e.created, e.last_update";

    public static Task<Row?> FindAsync(DbRead db, string name) =>
        db.FirstOrDefaultAsync<Row>($"SELECT {columns} FROM named_model e WHERE e.name = @name", new { name });

    public static async Task<Page<Row>> QueryAsync(DbRead db, NamedModelQuery query, FilterSql sql, string condition)
    {
        var rows = await db.QueryAsync<Row>(
            $"SELECT {columns} FROM named_model e WHERE {condition} "
                + $"{sql.OrderBy(query.OrderBy, "e.name")} {sql.Paging(query.Offset, query.Limit)}",
            sql.Arguments
        );
        return rows.ToPage(query.Limit);
    }

    public static Task InsertAsync(DbWrite db, Hex32 id, string name, string description, DateTimeOffset now) =>
        db.ExecuteAsync(
            """
            INSERT INTO named_model (id, name, description, created, last_update, versions)
            VALUES (@id, @name, @description, @now, @now, 0)
            """,
            new
            {
                id,
                name,
                description,
                now,
            }
        );

    /// <summary>The number of the name's next version; the name is made when there is none.</summary>
    public static async Task<long> NextVersionAsync(DbWrite db, string name, DateTimeOffset now, IdSource ids)
    {
        if (await FindAsync(db, name) is null)
        {
            await InsertAsync(db, ids.Next(), name, "", now);
        }

        return await db.ScalarAsync<long>(
            "UPDATE named_model SET versions = versions + 1, last_update = @now WHERE name = @name RETURNING versions",
            new { name, now }
        );
    }

    public static Task TouchAsync(DbWrite db, string name, DateTimeOffset now) =>
        db.ExecuteAsync("UPDATE named_model SET last_update = @now WHERE name = @name", new { name, now });

    public static async Task<ILookup<string, ModelAlias>> AliasesAsync(DbRead db, IEnumerable<string> names)
    {
        var rows = await SqlArguments.QueryAsync<AliasRow>(
            db,
            "SELECT name, alias, version FROM model_alias WHERE name IN {0} ORDER BY name, alias",
            names.Distinct(StringComparer.Ordinal)
        );
        return rows.ToLookup(row => row.Name, row => new ModelAlias(row.Alias, row.Version), StringComparer.Ordinal);
    }

    /// <summary>The newest version of each name in each stage.</summary>
    public static async Task<IReadOnlyList<ModelRow>> LatestAsync(DbRead db, IEnumerable<string> names) =>
        await SqlArguments.QueryAsync<ModelRow>(
            db,
            $$"""
            SELECT {{ModelRow.Columns}} {{ModelRow.From}}
            WHERE e.registered_name IN {0} AND e.trashed IS NULL AND NOT EXISTS (SELECT 1 FROM model newer
              WHERE newer.registered_name = e.registered_name AND newer.stage = e.stage AND newer.version > e.version
                AND newer.trashed IS NULL)
            ORDER BY e.registered_name, e.version
            """,
            names
        );

    internal sealed record Row
    {
        public string Id { get; init; } = "";
        public string Name { get; init; } = "";
        public string Description { get; init; } = "";
        public DateTimeOffset Created { get; init; }
        public DateTimeOffset LastUpdate { get; init; }
    }

    private sealed record AliasRow
    {
        public string Name { get; init; } = "";
        public string Alias { get; init; } = "";
        public long Version { get; init; }
    }
}
