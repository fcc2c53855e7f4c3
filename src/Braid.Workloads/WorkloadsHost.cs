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
using Braid.Workloads.Parts;
using Braid.Workloads.Placement;
using Braid.Workloads.Queued;
using Braid.Workloads.Replaying;
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
    private readonly DatabaseLease placing;
    private readonly WorkKeeper keeper;
    private readonly QueueSteps queueSteps;
    private LoopGroup? loops;
    private Action<string, Exception> failed = (_, _) => { };

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
        var placed = new PlacedQueues(queues, clock);
        keeper = new(works, runs, logs, new(placed, logs), authenticator, clock);
        Shares = new(database, placed, clock, ids);
        Nodes = new(database, clock);
        Workloads = new(database, runs, keeper, clock, ids);
        Jobs = new(database, Workloads);
        Parts = new(database, keeper, clock, ids);
        Seats = new(database, keeper, clock);
        Desk = new(database, works, keeper, logs, placed, authenticator, clock);
        QueueDesk = new(database, new(database, clock, ids), placed, keeper, clock);
        queueSteps = new(keeper, logs, clock);
        Questions = new(database, works, clock);
        Past = new(database, works, clock);
        placer = new(works, keeper, logs, authenticator, clock);
        placing = new(database, "placement", ids.Next().ToString(), leaseTime, clock);
    }

    public ShareCatalog Shares { get; }

    public Nodes.Nodes Nodes { get; }

    public WorkloadCatalog Workloads { get; }

    public JobCatalog Jobs { get; }

    public PartCatalog Parts { get; }

    public SeatCatalog Seats { get; }

    public NodeDesk Desk { get; }

    /// <summary>Where workers that are not ours come for runs of queues.</summary>
    public QueueDesk QueueDesk { get; }

    public ClusterQuestions Questions { get; }

    public PastQuestions Past { get; }

    /// <summary>Starts to place what waits.</summary>
    /// <param name="decide">What follows from how everything stands.</param>
    /// <param name="failed">Told the name of a loop and what a step of it threw.</param>
    public async Task StartAsync(
        Func<Snapshot, Decisions> decide,
        Action<string, Exception> failed,
        CancellationToken ct
    )
    {
        this.failed = failed;
        await Shares.EnsureDefaultAsync(ct);
        loops = new(database, clock, failed);
        var placement = NewPlacement(decide, error => failed("placement", error));
        loops.Start("placement", placement.StepAsync, period, Topics.Placement);
        loops.Start("workloads", NewKeeping(error => failed("workloads", error)).StepAsync, period, Topics.Workloads);
        var queuedRuns = NewFollowing(error => failed("queued runs", error));
        loops.Start("queued runs", queuedRuns.StepAsync, period, Tracking.Topics.PlacedQueues);
        loops.Start("lost nodes", new LostNodes(database, Desk, clock).StepAsync, period);
    }

    internal PlacementLoop NewPlacement(Func<Snapshot, Decisions> decide, Action<Exception> failed) =>
        new(database, placing, new(works), placer, decide, clock, failed);

    internal QueueLoop NewFollowing(Action<Exception> failed) => new(database, queueSteps, clock, failed);

    internal WorkloadLoop NewKeeping(Action<Exception> failed) => new(database, keeper, clock, failed);

    /// <summary>The next server need not wait to place.</summary>
    public async ValueTask DisposeAsync()
    {
        if (loops is not null)
        {
            await loops.DisposeAsync();
            loops = null;
            await ReleaseAsync();
        }
    }

    /// <summary>Of a store that is away it lapses by itself.</summary>
    private async Task ReleaseAsync()
    {
        try
        {
            await placing.ReleaseAsync(CancellationToken.None);
        }
        catch (Exception error)
        {
            failed("placement", error);
        }
    }
}
