using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
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
    ) => throw new NotImplementedException();

    /// <summary>By iteration, metric, variant.</summary>
    public Task<Result<Page<PlotEvent>>> ListAsync(Caller caller, PlotQuery query, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>What there is, without the contents: kind, metric, variant and the range of iterations.</summary>
    public Task<Result<IReadOnlyList<PlotSeries>>> SeriesAsync(
        Caller caller,
        IReadOnlyList<SeriesOwner> owners,
        CancellationToken ct
    ) => throw new NotImplementedException();

    /// <summary>Removes every plot of an owner.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, SeriesOwner owner, CancellationToken ct) =>
        throw new NotImplementedException();
}

/// <summary>The events of one kind, metric and variant.</summary>
public sealed record PlotSeries(
    Hex32 Owner,
    PlotKind Kind,
    string Metric,
    string Variant,
    long MinIteration,
    long MaxIteration,
    long Count
);
