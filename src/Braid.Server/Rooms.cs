using Braid.Access.Audit;
using Braid.Access.Credentials;
using Braid.Access.Users;
using Braid.Data;
using Braid.Pipelines;
using Braid.Server.Options;
using Braid.Server.Sweeping;
using Braid.Storage.Sweeping;
using Braid.Tracking;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Datasets;
using Braid.Tracking.EventFiles;
using Braid.Tracking.Imports;
using Braid.Tracking.Inputs;
using Braid.Tracking.Logs;
using Braid.Tracking.Models;
using Braid.Tracking.Plots;
using Braid.Tracking.Projects;
using Braid.Tracking.Queues;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;
using Braid.Tracking.Series.Inbox;
using Braid.Tracking.Workers;
using Braid.Workloads;

namespace Braid.Server;

/// <summary>The domains, put together over the stores.</summary>
internal sealed class Rooms
{
    public Rooms(Stores stores, ServeOptions options)
    {
        var (database, content, clock, ids) = (stores.Database, stores.Content, stores.Clock, stores.Ids);
        Data = new(database, content, clock, ids);
        Users = new(database, clock);
        Audit = new(database, clock, options.AuditFor);
        Keys = new(database, stores.Authenticator);
        Projects = new(database, clock, ids);
        Runs = new(database, clock, ids);
        Series = new(database, clock);
        SeriesFolds = new(database);
        Logs = new(database, clock);
        Plots = new(database, clock);
        Artifacts = new(database, content, clock);
        EventFiles = new(database, content, clock);
        Queues = new(database, clock, ids);
        Waiting = new(database, clock, ids);
        QueueHistory = new(database, clock);
        Workers = new(database, clock);
        WorkerHistory = new(database);
        Signs = new(clock);
        LostWorkers = new(database, Signs, clock);
        SilentRuns = new(database, clock);
        Words = new(database);
        Models = new(database, clock, ids);
        Registry = new(database, clock, ids);
        Inputs = new(database, ids);
        RunImports = new(database, clock, ids);
        ModelImports = new(database, clock, ids);
        Datasets = new(database, Inputs, clock);
        Sweeper = new(
            content,
            new StoredRoots(database),
            new SweepLease(database, clock, ids),
            new() { Interval = options.ReclaimEvery },
            clock,
            ids
        );
        Workloads = new(database, Queues, Runs, Logs, stores.Authenticator, clock, ids);
        Pipelines = new(database, content, Data, Runs, Inputs, Logs, stores.Authenticator, stores.Secrets, clock, ids)
        {
            Remote = new(options.Remote),
        };
    }

    public VersionedData Data { get; }

    public Users Users { get; }

    public AuditLog Audit { get; }

    public UserKeys Keys { get; }

    public Projects Projects { get; }

    public Runs Runs { get; }

    public Series Series { get; }

    public SeriesFolds SeriesFolds { get; }

    public Logs Logs { get; }

    public Plots Plots { get; }

    public EventFiles EventFiles { get; }

    public Artifacts Artifacts { get; }

    public Queues Queues { get; }

    public WaitingRuns Waiting { get; }

    public Workers Workers { get; }

    public QueueHistory QueueHistory { get; }

    public WorkerHistory WorkerHistory { get; }

    public SignsOfLife Signs { get; }

    public LostWorkers LostWorkers { get; }

    public SilentRuns SilentRuns { get; }

    public UsedWords Words { get; }

    public Models Models { get; }

    public Registry Registry { get; }

    public Inputs Inputs { get; }

    public RunImports RunImports { get; }

    public ModelImports ModelImports { get; }

    public DatasetVersions Datasets { get; }

    public Sweeper Sweeper { get; }

    public WorkloadsHost Workloads { get; }

    public PipelinesHost Pipelines { get; }
}
