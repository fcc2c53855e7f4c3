using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage.Sweeping;

namespace Braid.Data.Integrity;

/// <summary>Frees what nothing refers to any more when an administrator says so; the sweeper does so by itself, too.</summary>
public sealed class Reclaiming(Database database, Sweeper sweeper)
{
    /// <summary>How that stands.</summary>
    public Result<SweepState> Look(Caller caller) => caller.MayAdminister() is { } refused ? refused : sweeper.State;

    /// <inheritdoc cref="Sweeper.PlanAsync"/>
    public async Task<Result<SweepPlan>> PlanAsync(Caller caller, CancellationToken ct) =>
        caller.MayAdminister() is { } refused ? refused : await sweeper.PlanAsync(ct);

    /// <inheritdoc cref="Sweeper.Apply"/>
    public Task<Result<SweepState>> ApplyAsync(Caller caller, Hex32 plan, CancellationToken ct) =>
        database.WriteAsync(
            caller,
            new("gc.apply", $"{plan}"),
            caller.MayAdminister(),
            _ => Task.FromResult(sweeper.Apply(plan)),
            ct
        );
}
