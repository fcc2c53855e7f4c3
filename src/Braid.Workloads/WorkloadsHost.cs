using Braid.Access.Credentials;
using Braid.Metadata;
using Braid.Metadata.Changes;
using Braid.Metadata.Leases;
using Braid.Primitives;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Snapshots;
using Braid.Tracking.Logs;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;
using Braid.Workloads.Desks;
using Braid.Workloads.Explaining;
using Braid.Workloads.Keeping;
using Braid.Workloads.Kinds;
using Braid.Workloads.Nodes;
using Braid.Workloads.Placement;
using Braid.Workloads.Submission;
using ShareCatalog = Braid.Workloads.Shares.Shares;

namespace Braid.Workloads;

/// <summary>
/// The areas of workloads, composed over the other domains, and the loops that place and keep them between
/// <see cref="StartAsync"/> and disposal.
/// </summary>
public sealed class WorkloadsHost : IAsyncDisposable
{
    private static readonly TimeSpan period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan leaseTime = TimeSpan.FromSeconds(15);

    private readonly Database database;
    private readonly TimeProvider clock;
    private readonly Works works = new();
    private readonly Placer placer;
    private readonly string holder;
    private readonly WorkKeeper keeper;
    private LoopGroup? loops;

    public WorkloadsHost(
        Database database,
        Queues queues,
        Runs runs,
        Logs logs,
        Authenticator authenticator,
        TimeProvider clock,
        IdSource ids
    )
    {
        this.database = database;
        this.clock = clock;
        keeper = new(works, runs, logs, authenticator, clock);
        Shares = new(database, queues, clock, ids);
        Nodes = new(database, clock);
        Workloads = new(database, runs, keeper, clock, ids);
        Jobs = new(database, Workloads);
        Desk = new(database, works, keeper, logs, authenticator, clock);
        Questions = new(database, clock);
        placer = new(keeper, authenticator, clock);
        holder = ids.Next().ToString();
    }

    public ShareCatalog Shares { get; }

    public Nodes.Nodes Nodes { get; }

    public WorkloadCatalog Workloads { get; }

    public JobCatalog Jobs { get; }

    public NodeDesk Desk { get; }

    public ClusterQuestions Questions { get; }

    /// <summary>Starts to place what waits.</summary>
    /// <param name="decide">What follows from how everything stands.</param>
    /// <param name="failed">Told the name of a loop and what a step of it threw.</param>
    public async Task StartAsync(
        Func<Snapshot, Decisions> decide,
        Action<string, Exception> failed,
        CancellationToken ct
    )
    {
        await Shares.EnsureDefaultAsync(ct);
        loops = new(database, clock, failed);
        var placement = NewPlacement(decide);
        loops.Start("placement", placement.StepAsync, period, Topics.Placement);
        loops.Start("workloads", NewKeeping().StepAsync, period, Topics.Workloads);
        loops.Start("lost nodes", new LostNodes(database, Desk, clock).StepAsync, period);
    }

    internal PlacementLoop NewPlacement(Func<Snapshot, Decisions> decide) =>
        new(
            database,
            new DatabaseLease(database, "placement", holder, leaseTime, clock),
            new(works),
            placer,
            decide,
            clock
        );

    internal WorkloadLoop NewKeeping() => new(database, keeper, clock);

    public ValueTask DisposeAsync() => loops?.DisposeAsync() ?? ValueTask.CompletedTask;
}
