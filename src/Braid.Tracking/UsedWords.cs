using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Series;

namespace Braid.Tracking;

/// <summary>Things that words are used of.</summary>
public enum Labelled
{
    Runs,
    Models,
    Projects,
}

/// <summary>The labels in use, sorted.</summary>
public sealed record UsedLabels(IReadOnlyList<string> Labels, IReadOnlyList<string> SystemLabels);

/// <summary>
/// The words in use, for people to choose from: labels, types of runs, frameworks of models, names and values of parameters,
/// names of series, users. All come sorted.
/// </summary>
public sealed class UsedWords(Database database)
{
    public Task<Result<UsedLabels>> LabelsAsync(Caller caller, Labelled of, WordScope scope, CancellationToken ct) =>
        AskAsync(
            caller,
            of,
            scope,
            async (db, sql, from) =>
            {
                var packed = await db.QueryAsync<(string Labels, string SystemLabels)>(
                    $"SELECT DISTINCT e.labels, e.system_labels {from}",
                    sql.Arguments
                );
                return new UsedLabels(
                    Sorted(packed.SelectMany(row => Labels.Unpack(row.Labels))),
                    Sorted(packed.SelectMany(row => Labels.Unpack(row.SystemLabels)))
                );
            },
            ct
        );

    /// <summary>The types that runs have.</summary>
    public Task<Result<IReadOnlyList<string>>> RunTypesAsync(Caller caller, WordScope scope, CancellationToken ct) =>
        ColumnAsync(caller, Labelled.Runs, "e.type", scope, ct);

    /// <summary>The frameworks that models are of.</summary>
    public Task<Result<IReadOnlyList<string>>> FrameworksAsync(Caller caller, WordScope scope, CancellationToken ct) =>
        ColumnAsync(caller, Labelled.Models, "e.framework", scope, ct);

    /// <summary>Who made runs or models.</summary>
    public async Task<Result<IReadOnlySet<string>>> OwnersAsync(
        Caller caller,
        IReadOnlyList<ProjectId>? projects,
        CancellationToken ct
    )
    {
        var scope = new WordScope { Projects = projects };
        var ofRuns = await UsersAsync(caller, Labelled.Runs, scope, ct);
        var ofModels = await UsersAsync(caller, Labelled.Models, scope, ct);
        return (ofRuns.Error ?? ofModels.Error) is { } refused
            ? refused
            : ofRuns.Value.Concat(ofModels.Value).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The users whose runs, models or projects there are.</summary>
    public Task<Result<IReadOnlyList<string>>> UsersAsync(
        Caller caller,
        Labelled of,
        WordScope scope,
        CancellationToken ct
    ) => ColumnAsync(caller, of, "e.user_name", scope, ct);

    /// <summary>The projects that runs or models lie in.</summary>
    public async Task<Result<IReadOnlyList<ProjectId>>> ProjectsAsync(
        Caller caller,
        Labelled of,
        WordScope scope,
        CancellationToken ct
    ) =>
        (await ColumnAsync(caller, of, "e.project_id", scope, ct)).Select<IReadOnlyList<ProjectId>>(ids =>
            [.. ids.Select(ProjectId.Parse)]
        );

    /// <summary>The runs that other runs are children of.</summary>
    public async Task<Result<IReadOnlyList<RunId>>> ParentsAsync(
        Caller caller,
        WordScope children,
        CancellationToken ct
    ) =>
        (await ColumnAsync(caller, Labelled.Runs, "COALESCE(e.parent_id, '')", children, ct)).Select<
            IReadOnlyList<RunId>
        >(ids => [.. ids.Select(RunId.Parse)]);

    /// <summary>The names of parameters, by section.</summary>
    public Task<Result<IReadOnlyList<(string Section, string Name)>>> ParametersAsync(
        Caller caller,
        Labelled of,
        WordScope scope,
        CancellationToken ct
    ) =>
        AskAsync<IReadOnlyList<(string, string)>>(
            caller,
            of,
            scope,
            async (db, sql, from) =>
            {
                var names = await db.QueryAsync<(string Section, string Name)>(
                    $"SELECT DISTINCT x.section, x.name FROM parameter x WHERE x.owner_id IN (SELECT e.id {from}{Newest(scope)})",
                    sql.Arguments
                );
                return
                [
                    .. names
                        .OrderBy(one => one.Section, StringComparer.Ordinal)
                        .ThenBy(one => one.Name, StringComparer.Ordinal),
                ];
            },
            ct
        );

    /// <summary>The values that one parameter has.</summary>
    /// <param name="pattern">Only those that a regular expression is found in, whatever the case; null for all.</param>
    public Task<Result<IReadOnlyList<string>>> ParameterValuesAsync(
        Caller caller,
        Labelled of,
        Field.Parameter parameter,
        string? pattern,
        WordScope scope,
        CancellationToken ct
    )
    {
        var matches = pattern is null ? scope.Where : scope.Where & new Filter.Matches(parameter, pattern, true);
        return AskAsync<IReadOnlyList<string>>(
            caller,
            of,
            scope with
            {
                Where = matches,
            },
            async (db, sql, from) =>
                Sorted(
                    await db.QueryAsync<string>(
                        $"""
                        SELECT DISTINCT x.value FROM parameter x
                        WHERE x.section = {sql.Bind(parameter.Section)} AND x.name = {sql.Bind(parameter.Name)}
                          AND x.owner_id IN (SELECT e.id {from})
                        """,
                        sql.Arguments
                    )
                ),
            ct
        );
    }

    /// <summary>The names of series.</summary>
    public Task<Result<IReadOnlyList<SeriesName>>> SeriesAsync(
        Caller caller,
        Labelled of,
        WordScope scope,
        CancellationToken ct
    ) =>
        AskAsync<IReadOnlyList<SeriesName>>(
            caller,
            of,
            scope,
            async (db, sql, from) =>
            {
                var names = await db.QueryAsync<(string Metric, string Variant)>(
                    $"SELECT DISTINCT x.metric, x.variant FROM series x WHERE x.owner_id IN (SELECT e.id {from}{Newest(scope)})",
                    sql.Arguments
                );
                return
                [
                    .. names
                        .Select(name => new SeriesName(name.Metric, name.Variant))
                        .OrderBy(name => name.Metric, StringComparer.Ordinal)
                        .ThenBy(name => name.Variant, StringComparer.Ordinal),
                ];
            },
            ct
        );

    private Task<Result<IReadOnlyList<string>>> ColumnAsync(
        Caller caller,
        Labelled of,
        string column,
        WordScope scope,
        CancellationToken ct
    ) =>
        AskAsync(
            caller,
            of,
            scope,
            async (db, sql, from) =>
                Sorted(
                    await db.QueryAsync<string>($"SELECT DISTINCT {column} {from} AND {column} <> ''", sql.Arguments)
                ),
            ct
        );

    private static IReadOnlyList<string> Sorted(IEnumerable<string> words) =>
        [.. words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Asks with <c>FROM ... WHERE ...</c> of the things in scope.</summary>
    private Task<Result<T>> AskAsync<T>(
        Caller caller,
        Labelled of,
        WordScope scope,
        Func<DbRead, FilterSql, string, Task<T>> ask,
        CancellationToken ct
    )
    {
        // Words tell of things that are not a job's.
        if (caller.MayListWords() is { } refused)
        {
            return Task.FromResult<Result<T>>(refused);
        }

        var sql = new FilterSql();
        if (!sql.Where(scope.Where).TryGet(out var condition, out var bad))
        {
            return Task.FromResult<Result<T>>(bad);
        }

        var from = $"{From(of)} WHERE {condition}{ProjectScope.And(sql, scope.Projects, scope.IncludeSubprojects)}";
        return database.ReadAsync(async db => (Result<T>)await ask(db, sql, from), ct);
    }

    private static string Newest(WordScope scope) =>
        scope.Newest is { } most ? $" ORDER BY e.created DESC LIMIT {most}" : "";

    private static string From(Labelled of) =>
        of switch
        {
            Labelled.Runs => Runs.RunRow.From,
            Labelled.Models => Models.ModelRow.From,
            _ => "FROM (SELECT q.*, q.id AS project_id FROM project q) e JOIN project p ON p.id = e.project_id",
        };
}
