using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Models;

/// <summary>Reads models: one query for the rows and one for each kind of part, however many models there are.</summary>
internal static class ModelReader
{
    /// <summary>The section of ClearML's metadata in <c>parameter</c>; MLflow's parameters have none.</summary>
    public const string MetadataSection = "metadata";

    public static async Task<Model> GetAsync(DbRead db, ModelId id) =>
        await FindOneAsync(db, "e.id = @id", new { id })
        ?? throw new InvalidOperationException($"model {id} went while it was in use");

    public static Task<Model?> FindVersionAsync(DbRead db, string name, long version) =>
        FindOneAsync(db, "e.registered_name = @name AND e.version = @version", new { name, version });

    public static async Task<Page<Model>> QueryAsync(
        DbRead db,
        Caller caller,
        ModelQuery query,
        FilterSql sql,
        string condition
    )
    {
        var rows = await db.QueryAsync<ModelRow>(
            $"SELECT {ModelRow.Columns} {ModelRow.From} WHERE {condition}{Scope(caller, query, sql)} "
                + $"{sql.OrderBy(query.OrderBy, "e.id")} {sql.Paging(query.Offset, query.Limit)}",
            sql.Arguments
        );
        var page = rows.ToPage(query.Limit);
        return new(await WithPartsAsync(db, page.Items), page.More);
    }

    public static Task<long> CountAsync(DbRead db, Caller caller, ModelQuery query, FilterSql sql, string condition) =>
        db.ScalarAsync<long>(
            $"SELECT COUNT(*) {ModelRow.From} WHERE {condition}{Scope(caller, query, sql)}",
            sql.Arguments
        );

    public static Task<IReadOnlyDictionary<ProjectId, long>> CountByProjectAsync(
        DbRead db,
        Caller caller,
        ModelQuery query,
        FilterSql sql,
        string condition
    ) => ProjectCounts.ReadAsync(db, $"{ModelRow.From} WHERE {condition}{Scope(caller, query, sql)}", sql);

    public static async Task<IReadOnlyList<Model>> WithPartsAsync(DbRead db, IReadOnlyList<ModelRow> rows)
    {
        var ids = rows.Select(row => row.Id.ToString()).ToArray();
        var tags = await Tags.OfAsync(db, ids);
        var parameters = await Parameters.OfAsync(db, ids);
        var aliases = await NamedModelRows.AliasesAsync(db, rows.Select(row => row.RegisteredName).OfType<string>());
        return
        [
            .. rows.Select(row =>
            {
                var id = row.Id.ToString();
                return row.ToModel() with
                {
                    Tags = [.. tags[id]],
                    Parameters = [.. parameters[id].Where(one => one.Section.Length == 0).Select(AsTag)],
                    Metadata = [.. parameters[id].Where(one => one.Section == MetadataSection).Select(AsMetadata)],
                    Aliases =
                    [
                        .. aliases[row.RegisteredName ?? ""]
                            .Where(alias => alias.Version == row.Version)
                            .Select(alias => alias.Alias),
                    ],
                };
            }),
        ];
    }

    private static async Task<Model?> FindOneAsync(DbRead db, string condition, object arguments)
    {
        var row = await db.FirstOrDefaultAsync<ModelRow>(
            $"SELECT {ModelRow.Columns} {ModelRow.From} WHERE {condition}",
            arguments
        );
        return row is null ? null : (await WithPartsAsync(db, [row]))[0];
    }

    private static string Scope(Caller caller, ModelQuery query, FilterSql sql)
    {
        var own = "";
        if (caller is Caller.Job job)
        {
            var run = sql.Bind(job.Run);
            own = $" AND e.run_id IN (SELECT r.id FROM run r WHERE r.id = {run} OR r.parent_id = {run})";
        }

        var registered = query.Registered switch
        {
            true => " AND e.registered_name IS NOT NULL",
            false => " AND NOT e.only_version",
            null => "",
        };
        return own
            + registered
            + ProjectScope.And(sql, query.Projects, query.IncludeSubprojects)
            + sql.AndIn("e.id", query.Ids)
            + sql.AndIn("e.run_id", query.Runs)
            + LifecycleSql.And(query.Lifecycle);
    }

    private static Tag AsTag(RunParameter parameter) => new(parameter.Name, parameter.Value);

    private static ModelMetadata AsMetadata(RunParameter parameter) =>
        new(parameter.Name, parameter.Type, parameter.Value);
}
