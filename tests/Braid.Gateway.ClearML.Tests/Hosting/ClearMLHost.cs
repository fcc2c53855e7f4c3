using System.Net;
using Braid.Access;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Data;
using Braid.Gateway.ClearML.Datasets;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Blobs;
using Braid.Testing;
using Braid.Tracking;
using Braid.Tracking.Datasets;
using Braid.Workloads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Braid.Gateway.ClearML.Tests.Hosting;

/// <summary>The two ports of ClearML over real rooms, in this process, on free ports, in a folder of its own.</summary>
internal sealed class ClearMLHost : IAsyncDisposable
{
    private readonly TempFolder folder;
    private readonly TestDatabase database;
    private readonly ContentStore content;
    private readonly WebApplication api;
    private readonly WebApplication files;
    private readonly ErrorLog errors;

    private ClearMLHost(
        TempFolder folder,
        TestDatabase database,
        ContentStore content,
        ClearMLRooms rooms,
        WebApplication api,
        WebApplication files,
        ErrorLog errors
    )
    {
        this.folder = folder;
        this.database = database;
        this.content = content;
        this.api = api;
        this.files = files;
        this.errors = errors;
        Rooms = rooms;
        Data = new(database.Database, content, TimeProvider.System, IdSource.System);
        Versions = new(database.Database, new(database.Database, IdSource.System), TimeProvider.System);
        Datasets = new(rooms, Versions, Data);
        Api = new ApiClient(new Uri(api.Urls.First()));
        Files = new HttpClient(new SocketsHttpHandler { UseCookies = false })
        {
            BaseAddress = new Uri(files.Urls.First()),
        };
    }

    public Metadata.Database Database => database.Database;

    /// <summary>What the test caused on purpose was logged; what is logged besides still fails it.</summary>
    public void ExpectError() => Assert.True(errors.Messages.TryDequeue(out _), "nothing was logged");

    public static KeyPair Admin { get; } = new("ADMINKEY", "admin-secret");

    public ClearMLRooms Rooms { get; }

    /// <summary>Places the runs of queues once it is started.</summary>
    public required WorkloadsHost Workloads { get; init; }

    public VersionedData Data { get; }

    public DatasetVersions Versions { get; }

    /// <summary>The loop that makes commits of datasets; here each test takes its steps.</summary>
    public DatasetCommits Datasets { get; }

    public ApiClient Api { get; }

    /// <summary>Calls the file server.</summary>
    public HttpClient Files { get; }

    /// <param name="open">True for a server that takes callers without credentials.</param>
    /// <param name="store"><c>sqlite</c> or <c>postgres</c>.</param>
    public static async Task<ClearMLHost> StartAsync(bool open = true, string store = "sqlite")
    {
        var folder = new TempFolder();
        var database = await TestDatabase.OpenAsync(
            store,
            [
                .. AccessSchema.Migrations,
                .. DataSchema.Migrations,
                .. TrackingSchema.Migrations,
                .. WorkloadsSchema.Migrations,
            ]
        );
        var blobs = new BlobAddress.Folder(folder.File("blobs"));
        var content = await ContentStore.OpenAsync(blobs, TimeProvider.System, default);
        var (rooms, workloads) = Furnish(database.Database, content, open);
        await rooms.Access.SetAdministratorAsync(Admin, default);
        var errors = new ErrorLog();
        var api = await ServeAsync(app => ClearMLDoor.MapApi(app, rooms), errors);
        var files = await ServeAsync(app => ClearMLDoor.MapFiles(app, rooms), errors);
        return new(folder, database, content, rooms, api, files, errors) { Workloads = workloads };
    }

    /// <summary>Makes a job's run and gives calls from now on the credentials of an attempt of it.</summary>
    public async Task<RunId> UseJobAsync(string project, string attempt)
    {
        var (id, keys) = await StartJobAsync(project, attempt);
        Api.Use(keys);
        return id;
    }

    /// <summary>Makes a job's run, and credentials of an attempt of it.</summary>
    public async Task<(RunId Run, KeyPair Keys)> StartJobAsync(string project, string attempt)
    {
        var id = new RunId(IdSource.System.Next());
        var keys = await database.Database.WriteAsync(
            async db =>
            {
                var projectId = await Rooms.Runs.CreateForJobAsync(db, new(id, null, project, "train"));
                await Rooms.Runs.SetStatusForJobAsync(db, id, Tracking.Runs.RunStatus.InProgress, "", "");
                return await Rooms.Access.IssueForJobAsync(
                    db,
                    new Caller.Job(id, projectId, attempt, new HashSet<string>())
                );
            },
            default
        );
        return (id, keys);
    }

    /// <summary>An error in the log is a bug, whatever the test looked at.</summary>
    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await Workloads.DisposeAsync();
        Files.Dispose();
        await api.DisposeAsync();
        await files.DisposeAsync();
        await content.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
        Assert.True(errors.Messages.IsEmpty, string.Join(Environment.NewLine, errors.Messages));
    }

    private static (ClearMLRooms, WorkloadsHost) Furnish(Metadata.Database database, ContentStore content, bool open)
    {
        var (clock, ids) = (TimeProvider.System, IdSource.System);
        var access = new Authenticator(database, new SecretBox(new byte[SecretBox.KeySize]), clock, ids, open);
        var (queues, runs, logs) = (
            new Tracking.Queues.Queues(database, clock, ids),
            new Tracking.Runs.Runs(database, clock, ids),
            new Tracking.Logs.Logs(database, clock)
        );
        var workloads = new WorkloadsHost(database, queues, runs, logs, access, clock, ids);
        var rooms = new ClearMLRooms
        {
            Access = access,
            Users = new(database, clock),
            Keys = new(database, access),
            Projects = new(database, clock, ids),
            Runs = runs,
            Queues = queues,
            Waiting = new(database, clock, ids),
            QueueDesk = workloads.QueueDesk,
            Workers = new(database, clock),
            QueueHistory = new(database, clock),
            WorkerHistory = new(database),
            Signs = new(clock),
            Words = new(database),
            Models = new(database, clock, ids),
            Series = new(database, clock),
            Plots = new(database, clock),
            Logs = logs,
            Artifacts = new(database, content, clock),
            Ids = ids,
            Clock = clock,
        };
        return (rooms, workloads);
    }

    private static async Task<WebApplication> ServeAsync(Action<IApplicationBuilder> map, ErrorLog errors)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.AddProvider(errors);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }
}
