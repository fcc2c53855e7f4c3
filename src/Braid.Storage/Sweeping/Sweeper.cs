using Braid.Primitives;
using Braid.Storage.Roots;

namespace Braid.Storage.Sweeping;

/// <summary>
/// Reclaims the space of what no row reaches: now and then by itself, and when a plan is applied. One server of a store does;
/// a loop calls <see cref="StepAsync"/>.
/// </summary>
public sealed class Sweeper
{
    private static readonly TimeSpan restAfterFailure = TimeSpan.FromMinutes(15);

    private readonly ContentStore store;
    private readonly ISweepLease lease;
    private readonly SweepOptions options;
    private readonly TimeProvider clock;
    private readonly Sweep sweep;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Lock gate = new();
    private SweepState state = new();
    private SweepPlan? plan;
    private SweepPlan? requested;
    private DateTimeOffset due;

    public Sweeper(
        ContentStore store,
        IStoredRoots roots,
        ISweepLease lease,
        SweepOptions options,
        TimeProvider clock,
        IdSource ids
    )
    {
        this.store = store;
        this.lease = lease;
        this.options = options;
        this.clock = clock;
        due = clock.GetUtcNow() + options.Interval;
        sweep = new(store, roots, lease, options, ids, Enter);
    }

    /// <summary>An interval that does not end.</summary>
    public static TimeSpan Never { get; } = TimeSpan.FromDays(10_000);

    public SweepState State
    {
        get
        {
            lock (gate)
            {
                return state with { OldestWriter = state.Phase == SweepPhase.Waiting ? store.Holds.Oldest : null };
            }
        }
    }

    /// <summary>What a sweep would free now. Reads every node of every tree; changes nothing.</summary>
    public async Task<Result<SweepPlan>> PlanAsync(CancellationToken ct)
    {
        if (!await turn.WaitAsync(TimeSpan.Zero, ct))
        {
            return Errors.SweepUnderWay(State);
        }

        try
        {
            var made = await ExclusivelyAsync(() => sweep.PlanAsync(ct));
            lock (gate)
            {
                plan = made;
            }

            return made;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Has a plan applied by the loop: of its packs what is then still not needed is freed.</summary>
    public Result<SweepState> Apply(Hex32 id)
    {
        lock (gate)
        {
            if (plan?.Id != id)
            {
                return Errors.NoSuchPlan(id);
            }

            if (clock.GetUtcNow() - plan.Made > options.PlanLife || state.LastEnded > plan.Made)
            {
                return Errors.StalePlan(id);
            }

            requested = plan;
            state = state with { Applied = id, Phase = SweepPhase.Marking, Since = clock.GetUtcNow() };
        }

        return State;
    }

    /// <summary>Sweeps when a plan was applied, when it is time, or when one that was begun can go on.</summary>
    /// <returns>False: there is nothing more to do at once.</returns>
    public async Task<bool> StepAsync(CancellationToken ct)
    {
        var asked = requested;
        if ((asked is null && clock.GetUtcNow() < due) || !await lease.TakeAsync(ct))
        {
            return false;
        }

        await turn.WaitAsync(ct);
        try
        {
            End(await ExclusivelyAsync(() => sweep.RunAsync(asked, ct)));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Fail(error);
            throw;
        }
        finally
        {
            turn.Release();
        }

        return false;
    }

    private async Task<T> ExclusivelyAsync<T>(Func<Task<T>> act)
    {
        store.Parts.Chunks.Index.MayReuseOrdinals = false;
        try
        {
            return await act();
        }
        finally
        {
            store.Parts.Chunks.Index.MayReuseOrdinals = true;
            Enter(SweepPhase.Idle);
        }
    }

    private void Enter(SweepPhase phase)
    {
        lock (gate)
        {
            var isPending = phase == SweepPhase.Idle && requested is not null;
            state = state with { Phase = isPending ? SweepPhase.Marking : phase, Since = clock.GetUtcNow() };
        }
    }

    // Nothing was lost: what was condemned is pardoned. Marking again at once would only read all nodes again.
    private void Fail(Exception error)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            requested = null;
            due = now + restAfterFailure;
            state = state with { Phase = SweepPhase.Idle, Since = now, LastFailure = error.Message, LastEnded = now };
        }
    }

    private void End(SweepOutcome outcome)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            requested = null;
            due = outcome.ContinuesAt ?? now + options.Interval;
            state = state with
            {
                Phase = SweepPhase.Idle,
                Since = now,
                LastOutcome = outcome,
                LastFailure = null,
                LastEnded = now,
            };
        }
    }
}
