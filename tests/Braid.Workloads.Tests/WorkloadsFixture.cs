using Braid.Access;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Gateway.Web.Agents;
using Braid.Primitives;
using Braid.Scheduling.Outcomes;
using Braid.Scheduling.Snapshots;
using Braid.Testing;
using Braid.Tracking;
using Braid.Tracking.Logs;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;
using Braid.Tracking.Workers;
using Braid.Workloads.Desks;
using Braid.Workloads.Keeping;
using Braid.Workloads.Nodes;
using Braid.Workloads.Placement;
using Braid.Workloads.Submission;
using Workload = Braid.Workloads.Submission.Workload;

namespace Braid.Workloads.Tests;

/// <summary>All areas over a database of the test's own; nothing happens by itself.</summary>
internal sealed class WorkloadsFixture : IAsyncDisposable
{
    private readonly TestDatabase test;
    private readonly PlacementLoop placement;
    private readonly List<Exception> failures = [];

    private WorkloadsFixture(TestDatabase test)
    {
        this.test = test;
        var ids = IdSource.Seeded(7);
        Authenticator = new(test.Database, new(new byte[32]), Clock, ids, open: false);
        Runs = new(test.Database, Clock, ids);
        Logs = new(test.Database, Clock);
        Queues = new(test.Database, Clock, ids);
        Waiting = new(test.Database, Clock, ids);
        Workers = new(test.Database, Clock);
        Host = NewHost(ids);
        placement = Host.NewPlacement(snapshot => Decide(snapshot), failures.Add);
    }

    public static Caller Someone { get; } = new Caller.Administrator("someone");

    public SteppedClock Clock { get; } = new();

    /// <summary>What the loops complained about.</summary>
    public IReadOnlyList<Exception> Failures => failures;
    public Braid.Metadata.Database Database => test.Database;
    public Authenticator Authenticator { get; }
    public Runs Runs { get; }
    public Logs Logs { get; }
    public Queues Queues { get; }
    public WaitingRuns Waiting { get; }
    public Workers Workers { get; }
    public WorkloadsHost Host { get; }

    /// <summary>Takes what attempts use; what they leave goes nowhere.</summary>
    public AttemptOutputs Outputs =>
        new(
            new Series(Database, Clock),
            (_, _, _, offset, _, _) => Task.FromResult<Result<long>>(offset),
            (_, _, _, _, _) => Task.FromResult<Result<long>>(0)
        );

    /// <summary>What the node's agent says of attempts that do nothing.</summary>
    public Dictionary<AttemptId, TimeSpan> Idle { get; } = [];

    /// <summary>What decides where replicas go; the first node that is ready, unless a test says otherwise.</summary>
    public Func<Snapshot, Decisions> Decide { get; set; } = FirstNode;

    public static async Task<WorkloadsFixture> OpenAsync(string store = "sqlite")
    {
        var test = await TestDatabase.OpenAsync(
            store,
            [.. AccessSchema.Migrations, .. TrackingSchema.Migrations, .. WorkloadsSchema.Migrations]
        );
        var fixture = new WorkloadsFixture(test);
        await fixture.Host.Shares.EnsureDefaultAsync(default);
        return fixture;
    }

    public async Task<Workload> SubmitAsync(string name = "train", WorkloadSpec? spec = null) =>
        (await Host.Workloads.SubmitAsync(Someone, new(name, "default", spec ?? NewSpec()), default)).Value;

    public static WorkloadSpec NewSpec() => new() { Kind = WorkloadKind.Train, Command = ["true"] };

    public Task<Result<Unit>> RegisterAsync(
        string node = "node-a",
        string epoch = "epoch-1",
        IReadOnlyList<string>? queues = null,
        params AttemptId[] running
    ) =>
        RegisterAsync(
            node,
            new Machine
            {
                CpuMillicores = 4000,
                MemoryBytes = 1L << 33,
                Queues = queues ?? [],
            },
            epoch,
            running
        );

    public Task<Result<Unit>> RegisterAsync(
        string node,
        Machine machine,
        string epoch = "epoch-1",
        params AttemptId[] running
    ) => Host.Desk.RegisterAsync(Someone, node, $"agent of {node}", epoch, 0, machine, running.ToHashSet(), default);

    /// <summary>As a server that starts on the same store would.</summary>
    public async Task PlaceAsAnotherServerAsync()
    {
        await using var other = NewHost(IdSource.Seeded(8));
        await other.NewPlacement(snapshot => Decide(snapshot), failures.Add).StepAsync(default);
    }

    /// <summary>What looks at workloads whose time has come.</summary>
    public WorkloadLoop NewKeeping() => Host.NewKeeping(failures.Add);

    public Task PlaceAsync() => placement.StepAsync(default);

    /// <summary>What queues, runs and workers say becomes work, and is placed.</summary>
    public async Task FollowAsync()
    {
        await Host.NewFollowing(failures.Add).StepAsync(default);
        await PlaceAsync();
    }

    public async Task<IReadOnlyList<WorkOrder>> OrdersAsync(string node = "node-a", string epoch = "epoch-1") =>
        (
            await Host.Desk.AskAsync(
                Someone,
                node,
                epoch,
                new Dictionary<AttemptId, bool>(),
                Idle,
                TimeSpan.Zero,
                default
            )
        ).Value;

    /// <summary>Submits, places on a registered node, and answers the one order.</summary>
    public async Task<(Workload Workload, WorkOrder.Run Order)> PlacedAsync(WorkloadSpec? spec = null)
    {
        await RegisterAsync();
        var workload = await SubmitAsync(spec: spec);
        await PlaceAsync();
        return (workload, Assert.IsType<WorkOrder.Run>(Assert.Single(await OrdersAsync())));
    }

    /// <returns>The attempts that are over.</returns>
    public async Task<IReadOnlyList<AttemptId>> ReportAsync(
        AttemptReport report,
        string node = "node-a",
        string epoch = "epoch-1"
    ) => (await Host.Desk.ReportAsync(Someone, node, epoch, [report], default)).Value;

    public Task StartAsync(AttemptId attempt) => ReportAsync(new AttemptReport.Started(attempt, Clock.GetUtcNow()));

    public Task<IReadOnlyList<AttemptId>> EndAsync(AttemptId attempt, int code) =>
        ReportAsync(new AttemptReport.Ended(attempt, Clock.GetUtcNow(), code, $"exited with code {code}"));

    public async Task<Workload> GetAsync(RunId id) => (await Host.Workloads.GetAsync(Someone, id, default)).Value;

    public async Task<Run> RunOfAsync(RunId id) => (await Runs.GetAsync(Someone, id, RunParts.None, default)).Value;

    public async Task<IReadOnlyList<LogLine>> PrintedAsync(RunId id) =>
        [
            .. (await Logs.SliceAsync(Someone, id, new(0, 1000, long.MaxValue), default)).Value.Where(line =>
                line.Source is LogSource.Stdout or LogSource.Stderr
            ),
        ];

    private WorkloadsHost NewHost(IdSource ids) => new(test.Database, Queues, Runs, Logs, Authenticator, Clock, ids);

    private static Decisions FirstNode(Snapshot snapshot)
    {
        var node = snapshot.Nodes.FirstOrDefault(one => one.IsReady);
        return new(
            [
                .. snapshot
                    .Workloads.Where(one => !one.IsSuspended && node is not null)
                    .SelectMany(one =>
                        one.Groups.SelectMany(group => group.Replicas)
                            .Where(replica => replica.State == Braid.Scheduling.Snapshots.ReplicaState.Pending)
                            .Select(replica => new Decision.Bind(one.Id, replica.Id, new(node!.Name, []))) // checked above
                    ),
            ],
            [],
            [],
            []
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await test.DisposeAsync();
    }
}
