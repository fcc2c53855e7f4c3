using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Filters;

namespace Braid.Tracking;

/// <summary>Things that carry labels.</summary>
public enum Labelled
{
    Runs,
    Models,
    Projects,
}

/// <summary>The labels in use, sorted.</summary>
public sealed record UsedLabels(IReadOnlyList<string> Labels, IReadOnlyList<string> SystemLabels);

/// <summary>The words in use, for people to choose from: labels, types of runs, frameworks of models.</summary>
public sealed class UsedWords(Database database)
{
    /// <param name="projects">Only of things in these projects; null for all.</param>
    public Task<Result<UsedLabels>> LabelsAsync(
        Caller caller,
        Labelled of,
        IReadOnlyList<ProjectId>? projects,
        CancellationToken ct
    ) =>
        AskAsync(
            caller,
            async db =>
            {
                var sql = new FilterSql();
                var (table, project) = of switch
                {
                    Labelled.Runs => ("run", "e.project_id"),
                    Labelled.Models => ("model", "e.project_id"),
                    _ => ("project", "e.id"),
                };
                var packed = await db.QueryAsync<(string Labels, string SystemLabels)>(
                    $"SELECT DISTINCT e.labels, e.system_labels FROM {table} e WHERE TRUE{sql.AndIn(project, projects)}",
                    sql.Arguments
                );
                return new UsedLabels(
                    Sorted(packed.SelectMany(row => Labels.Unpack(row.Labels))),
                    Sorted(packed.SelectMany(row => Labels.Unpack(row.SystemLabels)))
                );
            },
            ct
        );

    /// <summary>The types that runs have, sorted.</summary>
    public Task<Result<IReadOnlyList<string>>> RunTypesAsync(
        Caller caller,
        IReadOnlyList<ProjectId>? projects,
        CancellationToken ct
    ) => ValuesAsync(caller, "run", "e.type", projects, ct);

    /// <summary>The frameworks that models are of, sorted.</summary>
    public Task<Result<IReadOnlyList<string>>> FrameworksAsync(
        Caller caller,
        IReadOnlyList<ProjectId>? projects,
        CancellationToken ct
    ) => ValuesAsync(caller, "model", "e.framework", projects, ct);

    /// <summary>Who made runs or models.</summary>
    public Task<Result<IReadOnlySet<string>>> OwnersAsync(
        Caller caller,
        IReadOnlyList<ProjectId>? projects,
        CancellationToken ct
    ) =>
        AskAsync<IReadOnlySet<string>>(
            caller,
            async db =>
            {
                var sql = new FilterSql();
                var within = sql.AndIn("e.project_id", projects);
                var owners = await db.QueryAsync<string>(
                    $"""
                    SELECT e.user_name FROM run e WHERE TRUE{within}
                    UNION SELECT e.user_name FROM model e WHERE TRUE{within}
                    """,
                    sql.Arguments
                );
                return owners.ToHashSet(StringComparer.Ordinal);
            },
            ct
        );

    private Task<Result<IReadOnlyList<string>>> ValuesAsync(
        Caller caller,
        string table,
        string column,
        IReadOnlyList<ProjectId>? projects,
        CancellationToken ct
    ) =>
        AskAsync(
            caller,
            async db =>
            {
                var sql = new FilterSql();
                var values = await db.QueryAsync<string>(
                    $"SELECT DISTINCT {column} FROM {table} e WHERE {column} <> ''{sql.AndIn("e.project_id", projects)}",
                    sql.Arguments
                );
                return Sorted(values);
            },
            ct
        );

    private static IReadOnlyList<string> Sorted(IEnumerable<string> words) =>
        [.. words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    // Words tell of things that are not a job's.
    private Task<Result<T>> AskAsync<T>(Caller caller, Func<DbRead, Task<T>> ask, CancellationToken ct) =>
        caller.MayListWords() is { } refused
            ? Task.FromResult<Result<T>>(refused)
            : database.ReadAsync(async db => (Result<T>)await ask(db), ct);
}
