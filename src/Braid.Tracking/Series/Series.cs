using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Series;

/// <summary>Numbers over steps, of runs and of models, kept in compressed blocks.</summary>
public sealed class Series(Database database, TimeProvider clock)
{
    /// <summary>Appends points, of any series, in any order; durable when it returns. The same point again is kept once.</summary>
    public Task<Result<Unit>> AppendAsync(
        Caller caller,
        SeriesOwner owner,
        IReadOnlyList<Point> points,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>The series there are, by metric, variant.</summary>
    public Task<Result<IReadOnlyList<SeriesSummary>>> ListAsync(
        Caller caller,
        IReadOnlyList<SeriesOwner> owners,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Everything ever logged to a series, by timestamp, step, value; empty when there is no such series.</summary>
    public Task<Result<Page<Sample>>> HistoryAsync(
        Caller caller,
        SeriesOwner owner,
        SeriesName name,
        int offset,
        int? limit,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>A series by step, one value for each (the one logged last); single values are not among them.</summary>
    public Task<Result<IReadOnlyList<Sample>>> StepsAsync(
        Caller caller,
        SeriesOwner owner,
        SeriesName name,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Down-sampled curves, by owner (as asked), metric, variant; one value for each step, single values left out.</summary>
    public Task<Result<IReadOnlyList<Curve>>> CurvesAsync(Caller caller, CurveQuery query, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>The values that belong to runs as a whole (<see cref="Point.SingleValueStep"/>), by owner (as asked), metric, variant.</summary>
    public Task<Result<IReadOnlyList<(Hex32 Owner, Point Point)>>> SingleValuesAsync(
        Caller caller,
        IReadOnlyList<SeriesOwner> owners,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Removes every series of an owner.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, SeriesOwner owner, CancellationToken ct) =>
        throw new NotImplementedException();
}
