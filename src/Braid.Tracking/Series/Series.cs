using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.EventFiles;
using Braid.Tracking.Series.Inbox;

namespace Braid.Tracking.Series;

/// <summary>Numbers over steps, of runs and of models, kept in compressed blocks.</summary>
public sealed class Series(Database database, TimeProvider clock)
{
    private readonly PointIntake intake = new(database, clock);

    /// <summary>The most series of one owner: names that are made up anew at each step are a mistake, and every list pays for them.</summary>
    public const int MostOfOwner = 20_000;

    /// <summary>Appends points, of any series, in any order; durable when it returns. The same point again is kept once.</summary>
    /// <returns><c>tracking.too-many-series</c>, and none is kept, when the owner would have more than <see cref="MostOfOwner"/>.</returns>
    public Task<Result<Unit>> AppendAsync(
        Caller caller,
        SeriesOwner owner,
        IReadOnlyList<Point> points,
        CancellationToken ct
    ) => intake.TakeAsync(caller, owner, points, ct);

    /// <summary>The series there are, by owner (as asked), metric, variant.</summary>
    public Task<Result<IReadOnlyList<SeriesSummary>>> ListAsync(
        Caller caller,
        IReadOnlyList<SeriesOwner> owners,
        CancellationToken ct
    ) =>
        ReadAsync<IReadOnlyList<SeriesSummary>>(
            caller,
            owners,
            async db => [.. (await RowsAsync(db, owners)).Select(row => row.ToSummary())],
            ct
        );

    /// <summary>
    /// A page of all that was ever logged to a series, by timestamp, step, value; empty when there is no such series. It costs what
    /// the page holds, not what the series does, as long as times go on.
    /// </summary>
    public Task<Result<Page<Sample>>> HistoryAsync(
        Caller caller,
        SeriesOwner owner,
        SeriesName name,
        HistoryPage page,
        CancellationToken ct
    ) =>
        ReadAsync(
            caller,
            [owner],
            db => new HistoryReader(db, SeriesId.Of(owner.Id.ToString(), name), page).ReadAsync(),
            ct
        );

    /// <summary>
    /// A page of a series by step, one value for each (the one logged last); single values are not among them. It costs what
    /// the page holds, not what the series does, as long as steps go on.
    /// </summary>
    public Task<Result<IReadOnlyList<Sample>>> StepsAsync(
        Caller caller,
        SeriesOwner owner,
        SeriesName name,
        StepPage page,
        CancellationToken ct
    ) =>
        ReadAsync<IReadOnlyList<Sample>>(
            caller,
            [owner],
            async db => await StepReader.ReadAsync(db, SeriesId.Of(owner.Id.ToString(), name), page),
            ct
        );

    /// <summary>
    /// What a series of several owners was at a step: the value of the greatest step that is not beyond it. Each costs the block
    /// that holds it.
    /// </summary>
    public Task<Result<IReadOnlyDictionary<Hex32, Sample>>> AtStepAsync(
        Caller caller,
        IReadOnlyList<SeriesOwner> owners,
        SeriesName name,
        long step,
        CancellationToken ct
    ) =>
        ReadAsync<IReadOnlyDictionary<Hex32, Sample>>(
            caller,
            owners,
            async db =>
            {
                var page = new StepPage(1, step == long.MaxValue ? null : step + 1, IsDescending: true);
                var found = new Dictionary<Hex32, Sample>();
                foreach (var owner in owners)
                {
                    if (await StepReader.ReadAsync(db, SeriesId.Of(owner.Id.ToString(), name), page) is [var sample])
                    {
                        found[owner.Id] = sample;
                    }
                }

                return found;
            },
            ct
        );

    /// <summary>How many different steps series have, in the order of <paramref name="names"/>.</summary>
    public Task<Result<IReadOnlyList<long>>> CountStepsAsync(
        Caller caller,
        SeriesOwner owner,
        IReadOnlyList<SeriesName> names,
        CancellationToken ct
    ) =>
        ReadAsync<IReadOnlyList<long>>(
            caller,
            [owner],
            async db =>
            {
                var counts = new List<long>(names.Count);
                foreach (var name in names)
                {
                    counts.Add(await StepReader.CountAsync(db, SeriesId.Of(owner.Id.ToString(), name)));
                }

                return counts;
            },
            ct
        );

    /// <summary>Down-sampled curves, by owner (as asked), metric, variant; one value for each step, single values left out.</summary>
    public async Task<Result<IReadOnlyList<Curve>>> CurvesAsync(Caller caller, CurveQuery query, CancellationToken ct)
    {
        if (query.Samples is < 1 or > CurveQuery.MostSamples)
        {
            return Errors.BadSamples(query.Samples);
        }

        return await ReadAsync<IReadOnlyList<Curve>>(
            caller,
            query.Owners,
            async db =>
            {
                var curves = new List<Curve>();
                foreach (var row in (await RowsAsync(db, query.Owners)).Where(row => query.Includes(row.Name)))
                {
                    var drawn = await CurveReader.DrawAsync(db, row.Id, query);
                    curves.Add(
                        new(Hex32.Parse(row.OwnerId), row.Name, drawn.X, drawn.Y) { Low = drawn.Low, High = drawn.High }
                    );
                }

                return [.. curves.Where(curve => curve.X.Count > 0)];
            },
            ct
        );
    }

    /// <summary>The values that belong to runs as a whole (<see cref="Point.SingleValueStep"/>), by owner (as asked), metric, variant.</summary>
    public Task<Result<IReadOnlyList<(Hex32 Owner, Point Point)>>> SingleValuesAsync(
        Caller caller,
        IReadOnlyList<SeriesOwner> owners,
        CancellationToken ct
    ) =>
        ReadAsync<IReadOnlyList<(Hex32, Point)>>(
            caller,
            owners,
            async db =>
                [
                    .. from row in await RowsAsync(db, owners)
                    where row.SingleMs is not null
                    select (Hex32.Parse(row.OwnerId), SingleValue(row)),
                ],
            ct
        );

    /// <summary>Removes every series of an owner; event files that points came from may be sent again.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, SeriesOwner owner, CancellationToken ct) =>
        database.WriteAsync<Unit>(
            async db =>
            {
                if (await SeriesAccess.CheckForChangeAsync(db, caller, owner) is { } refused)
                {
                    return refused;
                }

                await SeriesRows.DeleteAsync(db, owner.Id.ToString());
                await EventFileRows.ForgetAsync(db, owner.Id.ToString());
                var action = owner.IsModel ? "model.delete-points" : "run.delete-points";
                await db.TellAsync(caller, new(action, $"{owner.Id}"), clock.GetUtcNow());
                return Unit.Value;
            },
            ct
        );

    private Task<Result<T>> ReadAsync<T>(
        Caller caller,
        IReadOnlyList<SeriesOwner> owners,
        Func<DbRead, Task<T>> read,
        CancellationToken ct
    ) =>
        database.ReadFoldedAsync<Result<T>>(
            owners.Where(owner => !owner.IsModel).Select(owner => owner.Id.ToString()),
            async db => await SeriesAccess.CheckAsync(db, caller, owners) is { } refused ? refused : await read(db),
            ct
        );

    private static async Task<IReadOnlyList<SummaryRow>> RowsAsync(DbRead db, IReadOnlyList<SeriesOwner> owners)
    {
        var ids = owners.Select(owner => owner.Id.ToString()).Distinct(StringComparer.Ordinal).ToArray();
        var rows = (await SummaryRow.RowsOfAsync(db, ids)).ToLookup(row => row.OwnerId, StringComparer.Ordinal);
        return [.. ids.SelectMany(id => rows[id])];
    }

    private static Point SingleValue(SummaryRow row) =>
        new(row.Metric, row.Variant, Point.SingleValueStep, row.SingleMs ?? 0, row.SingleValue ?? double.NaN);
}
