using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Tracking.Plots;

/// <summary>Plots, debug samples and vectors.</summary>
public sealed class Plots(Database database, TimeProvider clock)
{
    /// <summary>Stores events, each in place of the one with the same identity.</summary>
    public Task<Result<Unit>> PutAsync(
        Caller caller,
        SeriesOwner owner,
        IReadOnlyList<PlotEvent> events,
        CancellationToken ct
    ) =>
        database.WriteAsync<Unit>(
            async db =>
            {
                if (await SeriesAccess.CheckForChangeAsync(db, caller, owner) is { } refused)
                {
                    return refused;
                }

                if (events.Any(one => one.Metric.Contains('\0') || one.Variant.Contains('\0')))
                {
                    return Errors.BadText("the name of a plot");
                }

                foreach (var one in events)
                {
                    await PlotRow.WriteAsync(db, owner.Id.ToString(), one, caller.Writer ?? "");
                }

                await TouchAsync(db, owner, events);
                return Unit.Value;
            },
            ct
        );

    /// <summary>By iteration, metric, variant.</summary>
    public Task<Result<Page<PlotEvent>>> ListAsync(Caller caller, PlotQuery query, CancellationToken ct) =>
        ReadAsync(caller, query.Owners, db => ListAsync(db, query), ct);

    /// <summary>What there is of one kind, without the contents, by iteration, metric, variant (ordinal).</summary>
    /// <param name="names">Only these; null for all. A pair whose variant is null stands for all variants of its metric.</param>
    public Task<Result<IReadOnlyList<PlotKey>>> KeysAsync(
        Caller caller,
        SeriesOwner owner,
        PlotKind kind,
        IReadOnlyList<(string Metric, string? Variant)>? names,
        CancellationToken ct
    ) =>
        ReadAsync<IReadOnlyList<PlotKey>>(
            caller,
            [owner],
            async db =>
            {
                var arguments = new SqlArguments();
                var condition = Condition(new([owner], kind) { Names = names }, arguments);
                var rows = await db.QueryAsync<PlotRow>(
                    $"SELECT e.metric, e.variant, e.iteration FROM plot e WHERE {condition}",
                    arguments.Values
                );
                return
                [
                    .. rows.Select(row => new PlotKey(row.Metric, row.Variant, row.Iteration))
                        .OrderBy(key => key.Iteration)
                        .ThenBy(key => key.Metric, StringComparer.Ordinal)
                        .ThenBy(key => key.Variant, StringComparer.Ordinal),
                ];
            },
            ct
        );

    /// <summary>What there is, without the contents: kind, metric, variant and the range of iterations.</summary>
    public Task<Result<IReadOnlyList<PlotSeries>>> SeriesAsync(
        Caller caller,
        IReadOnlyList<SeriesOwner> owners,
        CancellationToken ct
    ) =>
        ReadAsync<IReadOnlyList<PlotSeries>>(
            caller,
            owners,
            async db =>
            {
                var rows = await SqlArguments.QueryAsync<SeriesRow>(
                    db,
                    """
                    SELECT owner_id, kind, metric, variant, MIN(iteration) AS min_iteration,
                      MAX(iteration) AS max_iteration, COUNT(*) AS count
                    FROM plot WHERE owner_id IN {0} GROUP BY owner_id, kind, metric, variant
                    ORDER BY owner_id, kind, metric, variant
                    """,
                    owners.Select(owner => owner.Id.ToString())
                );
                return [.. rows.Select(row => row.ToSeries())];
            },
            ct
        );

    /// <summary>Removes every plot of an owner.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, SeriesOwner owner, CancellationToken ct) =>
        database.WriteAsync<Unit>(
            async db =>
            {
                if (await SeriesAccess.CheckForChangeAsync(db, caller, owner) is { } refused)
                {
                    return refused;
                }

                await db.ExecuteAsync("DELETE FROM plot WHERE owner_id = @owner", new { owner = owner.Id });
                var action = owner.IsModel ? "model.delete-plots" : "run.delete-plots";
                await db.TellAsync(caller, new(action, $"{owner.Id}"), clock.GetUtcNow());
                return Unit.Value;
            },
            ct
        );

    private static async Task<Page<PlotEvent>> ListAsync(DbRead db, PlotQuery query)
    {
        var arguments = new SqlArguments();
        var direction = query.Descending ? "DESC" : "ASC";
        var paging =
            query.Limit is null && query.Offset == 0
                ? ""
                : $"LIMIT {arguments.Bind(query.Limit + 1L ?? long.MaxValue)} OFFSET {arguments.Bind((long)query.Offset)}";
        var rows = await db.QueryAsync<PlotRow>(
            $"""
            SELECT owner_id, kind, metric, variant, iteration, timestamp_ms, content FROM {From(query, arguments)}
            ORDER BY iteration {direction}, metric, variant, owner_id, kind {paging}
            """,
            arguments.Values
        );
        var page = rows.ToPage(query.Limit);
        return new([.. page.Items.Select(row => row.ToEvent())], page.More);
    }

    /// <summary>Only who asks for the newest iterations pays for ranks.</summary>
    private static string From(PlotQuery query, SqlArguments arguments) =>
        query.Iterations is not { } newest
            ? $"plot e WHERE {Condition(query, arguments)}"
            : $"""
                (SELECT e.*, DENSE_RANK() OVER (
                   PARTITION BY e.owner_id, e.kind, e.metric, e.variant ORDER BY e.iteration DESC) AS age
                 FROM plot e WHERE {Condition(query, arguments)}) ranked
                WHERE age <= {arguments.Bind((long)newest)}
                """;

    private static string Condition(PlotQuery query, SqlArguments arguments)
    {
        var owners = query.Owners.Select(owner => owner.Id.ToString()).ToArray();
        var condition = owners.Length == 0 ? "FALSE" : $"e.owner_id IN {arguments.List(owners)}";
        if (query.Kind is { } kind)
        {
            condition += $" AND e.kind = {arguments.Bind(PlotRow.Text(kind))}";
        }

        if (query.Range is var (from, to))
        {
            condition += $" AND e.iteration BETWEEN {arguments.Bind(from)} AND {arguments.Bind(to)}";
        }

        return query.Names is { } names
            ? $"{condition} AND ({string.Join(" OR ", names.Select(OneName).DefaultIfEmpty("FALSE"))})"
            : condition;

        string OneName((string Metric, string? Variant) name) =>
            name.Variant is null
                ? $"e.metric = {arguments.Bind(name.Metric)}"
                : $"(e.metric = {arguments.Bind(name.Metric)} AND e.variant = {arguments.Bind(name.Variant)})";
    }

    private async Task TouchAsync(DbWrite db, SeriesOwner owner, IReadOnlyList<PlotEvent> events)
    {
        var last = events.Select(one => one.Iteration).DefaultIfEmpty(long.MinValue).Max();
        if (owner.IsModel)
        {
            await ModelRows.TouchAsync(db, new(owner.Id), clock.GetUtcNow(), last);
            return;
        }

        await RunRows.TouchAsync(db, new(owner.Id), clock.GetUtcNow(), last);
        db.Announce(Topics.RunSeries(new(owner.Id)));
    }

    private Task<Result<T>> ReadAsync<T>(
        Caller caller,
        IReadOnlyList<SeriesOwner> owners,
        Func<DbRead, Task<T>> read,
        CancellationToken ct
    ) =>
        database.ReadAsync<Result<T>>(
            async db => await SeriesAccess.CheckAsync(db, caller, owners) is { } refused ? refused : await read(db),
            ct
        );

    private sealed record SeriesRow
    {
        public string OwnerId { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Metric { get; init; } = "";
        public string Variant { get; init; } = "";
        public long MinIteration { get; init; }
        public long MaxIteration { get; init; }
        public long Count { get; init; }

        public PlotSeries ToSeries() =>
            new(Hex32.Parse(OwnerId), PlotRow.Parse(Kind), Metric, Variant, MinIteration, MaxIteration, Count);
    }
}
