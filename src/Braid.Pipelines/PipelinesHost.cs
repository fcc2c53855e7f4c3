using Braid.Access.Credentials;
using Braid.Compute.Processes;
using Braid.Data;
using Braid.Data.Remote;
using Braid.Metadata;
using Braid.Metadata.Changes;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Cron;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Defaults;
using Braid.Pipelines.Egressing;
using Braid.Pipelines.Health;
using Braid.Pipelines.Integrity;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Logs;
using Braid.Pipelines.Overviews;
using Braid.Pipelines.Previews;
using Braid.Pipelines.Programs;
using Braid.Pipelines.Secrets;
using Braid.Pipelines.Templates;
using Braid.Pipelines.Tools;
using Braid.Pipelines.Workers;
using Braid.Pipelines.Workers.Batching;
using Braid.Pipelines.Workers.Buckets;
using Braid.Pipelines.Workers.Gangs;
using Braid.Pipelines.Workers.Inputs;
using Braid.Pipelines.Workers.Running;
using Braid.Pipelines.Workers.Seats;
using Braid.Primitives;
using Braid.Storage;
using Braid.Tracking.Inputs;
using Braid.Tracking.Runs;
using RunLogs = Braid.Tracking.Logs.Logs;

namespace Braid.Pipelines;

/// <summary>
/// The areas of pipelines, composed over the other domains, and the loops that run the jobs. From its construction on it
/// takes part in every transaction of versioned data; the loops run between <see cref="StartAsync"/> and disposal.
/// </summary>
public sealed class PipelinesHost : IAsyncDisposable
{
    /// <summary>While one plans a large job, another brings the others on.</summary>
    private const int jobLoops = 2;

    /// <summary>Datums that change between two jobs, above which all are made anew and compared.</summary>
    private const int mostChanges = 100_000;

    private const long cacheLimit = 1L << 30;
    private static readonly TimeSpan period = TimeSpan.FromSeconds(5);

    /// <summary>A cron text names minutes, but <c>@every 1s</c> may be written.</summary>
    private static readonly TimeSpan finestSchedule = TimeSpan.FromSeconds(1);

    private readonly Database database;
    private readonly VersionedData data;
    private readonly ContentStore content;
    private readonly Runs runs;
    private readonly RunLogs logs;
    private readonly Authenticator authenticator;
    private readonly TimeProvider clock;
    private readonly IdSource ids;
    private readonly JobEnding ending;
    private readonly DatumFolding folding;
    private readonly JobClaims claims = new();
    private readonly EgressRetries egressRetries;
    private readonly WorkerDesks desks = new();
    private readonly WorkerTroubles troubles = new();
    private readonly JobWaits waits = new();
    private readonly List<Worker> workers = [];
    private BucketDoor? buckets;
    private LoopGroup? loops;
    private ProgramLoop? programs;
    private GangLoop? gangs;
    private SeatLoop? seats;

    public PipelinesHost(
        Database database,
        ContentStore content,
        VersionedData data,
        Runs runs,
        Inputs inputs,
        RunLogs logs,
        Authenticator authenticator,
        SecretBox secrets,
        TimeProvider clock,
        IdSource ids
    )
    {
        this.database = database;
        this.content = content;
        this.data = data;
        this.runs = runs;
        this.logs = logs;
        this.authenticator = authenticator;
        this.clock = clock;
        this.ids = ids;
        ending = new(data.Commits, runs, logs, authenticator, clock);
        folding = new(database, content);
        egressRetries = new(clock);
        Leases = new(database, data.Commits, runs, logs, authenticator, ids);
        Secrets = new(database, secrets, clock);
        Pipelines = new(database, data, content, ending, Secrets, troubles, ids);
        Defaults = new(database, data, Pipelines);
        Health = new(database, Secrets, troubles, clock);
        Overviews = new(database, troubles, waits);
        Tools = new(clock);
        Templates = new(Tools);
        Jobs = new(database, data, ending, desks, waits);
        Datums = new(database, content, data.Commits);
        Plans = new(database, data, content, new(database, data.Commits, folding));
        Cron = new(database, data, content, clock);
        Logs = new(database, Jobs, Datums, logs, clock);
        Integrity = new(database, content, data.Commits);
        data.Listen(new JobMaker(data.Commits, runs, inputs, logs, ending, clock));
    }

    public PipelineCatalog Pipelines { get; }

    public JobCatalog Jobs { get; }

    public DatumCatalog Datums { get; }

    public PlanPreviews Plans { get; }

    public CronTicks Cron { get; }

    /// <summary>What the URLs of specs reach.</summary>
    public RemoteFiles Remote { get; init; } = new(RemoteRules.Default);

    public EgressSender Egress => new(database, data, content, Secrets, Remote);

    public JobLogs Logs { get; }

    public SecretCatalog Secrets { get; }

    public SpecDefaults Defaults { get; }

    public PipelineHealth Health { get; }

    public PipelineOverviews Overviews { get; }

    public TemplateRenderer Templates { get; }

    /// <summary>Programs that evaluate what callers write.</summary>
    public SandboxedTools Tools { get; }

    public PipelineIntegrity Integrity { get; }

    internal DatumLeases Leases { get; }

    /// <summary>
    /// Takes over what another server (or this one, before it died) had begun, and starts to run jobs.
    /// </summary>
    /// <param name="failed">Told the name of a loop and what a step of it threw.</param>
    public async Task StartAsync(
        ProcessExecutor executor,
        DoorEndpoints doors,
        WorkerOptions options,
        Action<string, Exception> failed,
        CancellationToken ct
    )
    {
        options = options with { ScratchFolder = Path.GetFullPath(options.ScratchFolder) };
        ClearScratch(options.ScratchFolder);
        await Leases.TakeOverAsync(ct);
        await new JobUpgrade(database, data.Commits).UpgradeAsync(ct);
        var materialiser = new InputMaterialiser(
            content,
            new(content, Path.Combine(options.ScratchFolder, "cache"), cacheLimit)
        );
        programs = NewProgramLoop(executor, doors, options, materialiser);
        await programs.TakeOverAsync(ct);
        loops = new(database, clock, failed);
        loops.Start("programs", programs.StepAsync, finestSchedule, Topics.Pipelines, Topics.Programs, Topics.Moves);
        loops.Start("cron", Cron.StepAsync, finestSchedule, Topics.Pipelines);
        for (var number = 1; number <= jobLoops; number++)
        {
            loops.Start($"jobs {number}", NewJobLoop().StepAsync, period, Topics.Moves);
        }

        Leases.AreSeatsGiven = options.Seats is not null;
        buckets = new BucketDoor(options.OpenBuckets);
        var parts = new WorkerParts(
            database,
            content,
            Leases,
            logs,
            executor,
            materialiser,
            Secrets,
            doors,
            options.OpenDoor,
            buckets,
            troubles,
            clock
        )
        {
            Events = options.Events,
        };
        for (var number = 1; number <= options.Workers; number++)
        {
            var name = $"{options.Name}-{number}";
            var worker = new Worker(
                name,
                parts,
                options.ScratchFolder,
                (most, stop) => Leases.TakeAsync(name, most, stop)
            );
            workers.Add(worker);
            loops.Start($"worker {number}", worker.StepAsync, period, Topics.Work);
        }

        desks.Set(workers.Select(worker => worker.Desk));
        await StartPlacedAsync(parts, options, ct);
    }

    /// <summary>Stops the loops and the programs; datums that run are given back, to be begun again by the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        if (loops is not null)
        {
            await loops.DisposeAsync();
        }

        await (gangs?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (seats?.DisposeAsync() ?? ValueTask.CompletedTask);
        foreach (var worker in workers)
        {
            await worker.DisposeAsync();
        }

        workers.Clear();
        desks.Set([]);
        if (buckets is not null)
        {
            await buckets.DisposeAsync();
        }
        await (programs?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>What runs where the scheduler places it.</summary>
    private async Task StartPlacedAsync(WorkerParts parts, WorkerOptions options, CancellationToken ct)
    {
        if (options.Gangs is { } machines)
        {
            await machines.StopAllAsync(ct);
            gangs = new(parts, machines, waits, options.Name, options.ScratchFolder);
            loops?.Start("distributed jobs", gangs.StepAsync, period, Topics.Work);
        }

        if (options.Seats is { } places)
        {
            seats = new(parts, places, desks, waits, options.Name, options.ScratchFolder);
            loops?.Start("workers with places", seats.StepAsync, period, Topics.Work);
        }
    }

    private ProgramLoop NewProgramLoop(
        ProcessExecutor executor,
        DoorEndpoints doors,
        WorkerOptions options,
        InputMaterialiser materialiser
    )
    {
        var parts = new ProgramParts(
            database,
            runs,
            logs,
            authenticator,
            Secrets,
            new(materialiser),
            executor,
            doors,
            desks,
            Leases.Epoch,
            Path.Combine(options.ScratchFolder, "programs"),
            clock,
            ids
        );
        return new(parts, new(parts, data.Commits, content, ending));
    }

    internal JobPlanning NewPlanning(int mostChanges) =>
        new(database, data.Commits, content, new(database, data.Commits, folding), mostChanges);

    internal JobLoop NewJobLoop()
    {
        var ancestors = new JobAncestors(database, data.Commits, folding);
        var planning = NewPlanning(mostChanges);
        var start = new JobStart(database, content, data.Commits, runs, logs, planning, ending, clock);
        var merge = new OutputMerge(database, content, data.Commits, ancestors);
        var egress = new JobEgress(database, data.Commits, Egress, egressRetries, logs);
        var finish = new JobFinish(database, content, folding, merge, egress, ending);
        return new(database, start, finish, folding, ending, claims, clock);
    }

    /// <summary>What lies there belongs to attempts of a server that is gone.</summary>
    private static void ClearScratch(string folder)
    {
        Scratch.Remove(folder);
        Directory.CreateDirectory(folder);
    }
}
