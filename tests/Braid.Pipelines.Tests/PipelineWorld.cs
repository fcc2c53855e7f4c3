using System.Text;
using System.Text.Json.Nodes;
using Braid.Access;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Compute.Processes;
using Braid.Compute.Sandboxes;
using Braid.Data;
using Braid.Data.Content;
using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Metadata.Migrations;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Specs;
using Braid.Pipelines.Specs.Reading;
using Braid.Pipelines.Tests.Workers;
using Braid.Pipelines.Workers;
using Braid.Pipelines.Workers.Batching;
using Braid.Pipelines.Workers.Events;
using Braid.Pipelines.Workers.Gangs;
using Braid.Pipelines.Workers.Seats;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Blobs;
using Braid.Testing;
using Braid.Tracking;
using Braid.Tracking.Inputs;
using Braid.Tracking.Runs;
using RunLogs = Braid.Tracking.Logs.Logs;

namespace Braid.Pipelines.Tests;

/// <summary>Pipelines over real stores, in a folder of the test's own, with the words that the tests are written in.</summary>
internal sealed class PipelineWorld : IAsyncDisposable
{
    private static readonly CancellationToken none = CancellationToken.None;
    private static readonly byte[] key = new byte[SecretBox.KeySize];

    private readonly TempFolder folder;
    private readonly TestDatabase database;
    private readonly List<Exception> failures = [];

    private PipelineWorld(TempFolder folder, TestDatabase database, ContentStore content)
    {
        this.folder = folder;
        this.database = database;
        Content = content;
        Data = new(database.Database, content, TimeProvider.System, IdSource.System);
        Runs = new(database.Database, TimeProvider.System, IdSource.System);
        Inputs = new(database.Database, IdSource.System);
        Logs = new(database.Database, TimeProvider.System);
        Authenticator = new(database.Database, new(key), TimeProvider.System, IdSource.System, open: true);
        Host = NewHost();
    }

    public static Caller Admin { get; } = new Caller.Administrator("ana");

    public Database Database => database.Database;

    public ContentStore Content { get; }

    public VersionedData Data { get; private set; }

    public Runs Runs { get; }

    public Inputs Inputs { get; }

    public RunLogs Logs { get; }

    public Authenticator Authenticator { get; }

    public PipelinesHost Host { get; private set; }

    /// <summary>The desks of workers that have opened a door.</summary>
    public System.Collections.Concurrent.ConcurrentBag<WorkerDesk> Desks { get; } = [];

    public PipelineCatalog Pipelines => Host.Pipelines;

    public JobCatalog Jobs => Host.Jobs;

    public static PipelineRef Ref(string name) => new("default", name);

    /// <summary>Everything but the loops, on the store of that name.</summary>
    public static async Task<PipelineWorld> OpenAsync(string store = "sqlite")
    {
        var folder = new TempFolder();
        IReadOnlyList<Migration> migrations =
        [
            .. AccessSchema.Migrations,
            .. DataSchema.Migrations,
            .. TrackingSchema.Migrations,
            .. PipelinesSchema.Migrations,
        ];
        var database = await TestDatabase.OpenAsync(store, migrations);
        var blobs = new BlobAddress.Folder(folder.File("blobs"));
        var world = new PipelineWorld(folder, database, await ContentStore.OpenAsync(blobs, TimeProvider.System, none));
        await world.Data.EnsureDefaultProjectAsync(none);
        return world;
    }

    /// <summary>With the loops running.</summary>
    public static async Task<PipelineWorld> StartAsync(string store = "sqlite")
    {
        var world = await OpenAsync(store);
        await world.StartLoopsAsync();
        return world;
    }

    /// <summary>One whose distributed jobs these run.</summary>
    public static async Task<PipelineWorld> StartAsync(IGangs gangs)
    {
        var world = await OpenAsync();
        await world.StartLoopsAsync(gangs: gangs);
        return world;
    }

    /// <summary>One whose workers get their places there.</summary>
    public static async Task<PipelineWorld> StartAsync(ISeats seats)
    {
        var world = await OpenAsync();
        await world.StartLoopsAsync(seats: seats);
        return world;
    }

    /// <summary>One whose workers read what programs write for TensorBoard.</summary>
    public static async Task<PipelineWorld> StartAsync(EventReading events)
    {
        var world = await OpenAsync("sqlite");
        await world.StartLoopsAsync(events);
        return world;
    }

    /// <summary>Where its workers run datums.</summary>
    public string ScratchFolder => folder.File("scratch");

    public async Task StartLoopsAsync(EventReading? events = null, IGangs? gangs = null, ISeats? seats = null) =>
        await Host.StartAsync(
            (await ProcessExecutor.DetectAsync(new SandboxOptions(), TimeProvider.System)).Value,
            new()
            {
                PachydermHost = "127.0.0.1",
                PachydermPort = 30650,
                ClearMLApi = "http://127.0.0.1:8008",
                ClearMLFiles = "http://127.0.0.1:8081",
                ClearMLWeb = "http://127.0.0.1:8080",
                MLflow = "http://127.0.0.1:5000",
            },
            new WorkerOptions
            {
                ScratchFolder = ScratchFolder,
                Workers = 2,
                Events = events,
                Gangs = gangs,
                Seats = seats,
                OpenDoor = (desk, _) =>
                {
                    Desks.Add(desk);
                    return Task.FromResult(LineDoor.Open(desk));
                },
            },
            (_, error) =>
            {
                lock (failures)
                {
                    failures.Add(error);
                }
            },
            none
        );

    /// <summary>What a server finds that starts after another one was killed: the same stores, nothing in memory.</summary>
    public void Reopen()
    {
        Data = new(database.Database, Content, TimeProvider.System, IdSource.System);
        Host = NewHost();
    }

    public async Task CreateRepoAsync(string repo) =>
        Ok(await Data.Repos.CreateAsync(Admin, new("default", repo), "", false, none));

    /// <summary>Writes files in one commit; a null content deletes the file.</summary>
    public async Task<CommitSetId> PutAsync(string repo, params (string Path, string? Content)[] files)
    {
        var target = CommitSpec.OfBranch("master");
        var edits = Ok(await Data.Files.EditAsync(Admin, new("default", repo), target, none));
        foreach (var (path, content) in files)
        {
            Ok(await edits.DeleteAsync(path, none));
            if (content is not null)
            {
                Ok(await edits.AppendAsync(path, Encoding.UTF8.GetBytes(content), none));
            }
        }

        return Ok(await edits.ApplyAsync(none)).Name.Id;
    }

    /// <summary>A spec that runs a shell line per datum; inputs are written <c>repo:glob</c>, several make a cross.</summary>
    public static JsonObject Spec(string name, string shell, params string[] inputs)
    {
        var leaves = inputs
            .Select(input => input.Split(':', 2))
            .Select(parts => new JsonObject
            {
                ["pfs"] = new JsonObject { ["repo"] = parts[0], ["glob"] = parts[1] },
            })
            .ToArray<JsonNode>();
        return new()
        {
            ["pipeline"] = new JsonObject { ["name"] = name },
            ["transform"] = new JsonObject { ["cmd"] = new JsonArray("sh"), ["stdin"] = new JsonArray(shell) },
            ["input"] = leaves.Length == 1 ? leaves[0] : new JsonObject { ["cross"] = new JsonArray(leaves) },
        };
    }

    public async Task<PipelineVersion> CreateAsync(JsonObject spec, bool update = false, bool reprocess = false) =>
        Ok(
            await Pipelines.CreateOrUpdateAsync(
                Admin,
                Ok(SpecReader.Read(spec.ToJsonString())),
                update,
                reprocess,
                none
            )
        );

    /// <summary>The job of a pipeline in a set, once it has ended.</summary>
    public async Task<Job> EndedAsync(string pipeline, CommitSetId set)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            return Ok(await Jobs.InspectAsync(Admin, Ref(pipeline), $"{set}", true, limit.Token));
        }
        catch (OperationCanceledException late)
        {
            var thrown = string.Join("; ", failures);
            throw new TimeoutException($"job {pipeline}@{set} has not ended; loops threw: {thrown}", late);
        }
    }

    /// <summary>The newest job of a pipeline, once it has ended.</summary>
    public async Task<Job> NewestEndedAsync(string pipeline)
    {
        var jobs = Ok(await Jobs.ListAsync(Admin, new() { Pipeline = Ref(pipeline) }, none));
        return await EndedAsync(pipeline, jobs[0].Set);
    }

    /// <summary>The newest job of a pipeline, as it is.</summary>
    public async Task<Job> NewestAsync(string pipeline) =>
        Ok(await Jobs.ListAsync(Admin, new() { Pipeline = Ref(pipeline) }, none))[0];

    /// <summary>Returns when a program of the job has printed "begun".</summary>
    public async Task BegunAsync(string pipeline, CommitSetId set) =>
        await Eventually.IsTrueAsync(
            async () =>
                (await LogsAsync(Ok(await Jobs.InspectAsync(Admin, Ref(pipeline), $"{set}", false, none)))).Contains(
                    "begun",
                    StringComparer.Ordinal
                ),
            "the program has begun"
        );

    /// <summary>Returns when no attempt has its folder any more.</summary>
    public Task IdleAsync() =>
        Eventually.IsTrueAsync(
            () =>
                Task.FromResult(
                    Directory
                        .EnumerateDirectories(folder.File("scratch"))
                        .All(path => Path.GetFileName(path) is "cache" or "programs")
                ),
            "workers are idle"
        );

    public Task<T> ReadAsync<T>(Func<DbRead, Task<T>> read) => database.Database.ReadAsync(read, none);

    public Task WriteAsync(Func<DbWrite, Task> write) => database.Database.WriteAsync(write, none);

    /// <summary>What programs that run see, one folder for each.</summary>
    public IReadOnlyList<string> ProgramFolders =>
        Directory.Exists(folder.File("scratch/programs"))
            ? Directory.GetDirectories(folder.File("scratch/programs"))
            : [];

    /// <summary>What makes the ticks of a server whose clock is this one.</summary>
    public Pipelines.Cron.CronTicks NewCronTicks(TimeProvider clock) => new(database.Database, Data, Content, clock);

    /// <summary>Steps the jobs as far as they go without workers.</summary>
    public async Task StepJobsAsync()
    {
        var loop = Host.NewJobLoop();
        while (await loop.StepAsync(none)) { }
    }

    /// <summary>All files at a branch's head, with their contents.</summary>
    public async Task<Dictionary<string, string>> FilesAsync(string repo, string branch = "master")
    {
        var at = new FileAt(new("default", repo), CommitSpec.OfBranch(branch), "/");
        var listing = Ok(await Data.Files.WalkAsync(Admin, at, null, none));
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var entry in listing.Entries)
        {
            if (entry.Content is { } content)
            {
                using var reader = new StreamReader(Content.OpenRead(content));
                files[entry.Path] = await reader.ReadToEndAsync();
            }
        }

        return files;
    }

    public async Task<IReadOnlyList<Commit>> CommitsAsync(string repo)
    {
        var listing = Ok(await Data.Commits.ListAsync(Admin, new("default", repo), new(), none));
        var commits = new List<Commit>();
        await foreach (var commit in listing)
        {
            commits.Add(commit);
        }

        return commits;
    }

    public async Task<List<Datum>> DatumsAsync(Job job, DatumQuery? query = null)
    {
        var datums = await Host.Datums.ListAsync(Admin, job.Pipeline, $"{job.Set}", query ?? DatumQuery.All, none);
        return await Ok(datums).ToListAsync();
    }

    public async Task<List<string>> LogsAsync(Job job, bool master = false)
    {
        var filter = new Pipelines.Logs.LogFilter
        {
            Pipeline = job.Pipeline,
            Job = $"{job.Set}",
            Master = master,
        };
        var lines = new List<string>();
        await foreach (var line in Ok(await Host.Logs.ReadAsync(Admin, filter, none)))
        {
            lines.Add(line.Message);
        }

        return lines;
    }

    public static T Ok<T>(Result<T> result) =>
        result.IsOk ? result.Value : throw new InvalidOperationException($"refused: {result.Error}");

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Content.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
        Assert.Empty(failures);
    }

    private PipelinesHost NewHost() =>
        new(
            database.Database,
            Content,
            Data,
            Runs,
            Inputs,
            Logs,
            Authenticator,
            new(key),
            TimeProvider.System,
            IdSource.System
        );
}
