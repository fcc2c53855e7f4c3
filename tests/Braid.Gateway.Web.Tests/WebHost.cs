using System.Net;
using Braid.Access;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Agent.Protocol;
using Braid.Data;
using Braid.Gateway.Web.Agents;
using Braid.Gateway.Web.Events;
using Braid.Gateway.Web.Installations;
using Braid.Gateway.Web.Keys;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Blobs;
using Braid.Storage.Files;
using Braid.Storage.Roots;
using Braid.Storage.Sweeping;
using Braid.Testing;
using Braid.Tracking;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Inputs;
using Braid.Tracking.Logs;
using Braid.Tracking.Models;
using Braid.Tracking.Projects;
using Braid.Tracking.Queues;
using Braid.Tracking.Series;
using Braid.Workloads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Braid.Gateway.Web.Tests;

/// <summary>The browser's door over real stores, on a free port.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    public static readonly KeyPair Admin = new("ADMIN", "secret");
    public static readonly ClearMLPorts ClearML = new(18008, 18081);
    public static readonly Caller Internal = new Caller.Internal("test");

    private readonly TempFolder folder;
    private readonly TestDatabase database;
    private readonly WebApplication app;

    private WebHost(TempFolder folder, TestDatabase database, ContentStore content, WebApplication app, WebRooms rooms)
    {
        this.folder = folder;
        Content = content;
        this.database = database;
        this.app = app;
        Rooms = rooms;
        Client = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = new(app.Urls.First()),
        };
    }

    public WebRooms Rooms { get; }

    public ContentStore Content { get; }

    /// <summary>What rows refer to.</summary>
    public KeptFiles Kept => (KeptFiles)Rooms.Roots;

    /// <summary>Where chunks lie.</summary>
    public string Packs => folder.File("packs");

    /// <summary>A browser: it keeps cookies and shows redirects.</summary>
    public HttpClient Client { get; }

    public static async Task<WebHost> StartAsync(bool open = true)
    {
        var database = await TestDatabase.OpenAsync(
            "sqlite",
            [
                .. AccessSchema.Migrations,
                .. DataSchema.Migrations,
                .. TrackingSchema.Migrations,
                .. WorkloadsSchema.Migrations,
                .. Pipelines.PipelinesSchema.Migrations,
            ]
        );
        var folder = new TempFolder();
        var content = await ContentStore.OpenAsync(new BlobAddress.Folder(folder.Path), TimeProvider.System, default);
        var rooms = MakeRooms(database, content, open);
        await rooms.Authenticator.SetAdministratorAsync(Admin, default);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        WebDoor.Map(app, rooms);
        await app.StartAsync();
        return new(folder, database, content, app, rooms);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        await Content.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    private static WebRooms MakeRooms(TestDatabase test, ContentStore content, bool open)
    {
        var (database, clock, ids) = (test.Database, TimeProvider.System, IdSource.System);
        var kept = new KeptFiles();
        var data = new VersionedData(database, content, clock, ids);
        var secrets = new SecretBox(new byte[SecretBox.KeySize]);
        var authenticator = new Authenticator(database, secrets, clock, ids, open);
        var (runs, logs, inputs) = (
            new Tracking.Runs.Runs(database, clock, ids),
            new Logs(database, clock),
            new Inputs(database, ids)
        );
        Pipelines.PipelinesHost pipelines = new(
            database,
            content,
            data,
            runs,
            inputs,
            logs,
            authenticator,
            secrets,
            clock,
            ids
        );
        var queues = new Queues(database, clock, ids);
        return new(
            database,
            authenticator,
            new Projects(database, clock, ids),
            runs,
            new Series(database, clock),
            logs,
            inputs,
            new Models(database, clock, ids),
            new Sweeper(content, kept, new FreeLease(), new() { Interval = Sweeper.Never }, clock, ids),
            data
        )
        {
            Keys = new(database, authenticator),
            ClearML = () => ClearML,
            Artifacts = new(database, content, clock),
            Content = content,
            EventFiles = new(database, content, clock),
            Plans = pipelines.Plans,
            Pipelines = pipelines,
            Workloads = new(database, queues, runs, logs, authenticator, clock, ids),
            ProgramVariables = keys =>
                [new("DOOR", $"http://{NodeProgram.ServerHost}:5000"), new("KEY", keys.AccessKey)],
            Outputs = () => OutputsOf(database, content),
            Queues = queues,
            Plots = new(database, clock),
            Roots = kept,
            Waiting = new(database, clock, ids),
            Registry = new(database, clock, ids),
            Users = new(database, clock),
            Audit = new(database, clock, TimeSpan.FromDays(90)),
            Secrets = pipelines.Secrets,
            Installation = new(
                [new("--bind", "BRAID_BIND", "127.0.0.1", SettingSource.Default, "the IP address to listen on")],
                "0123",
                () => [new("web", "http://127.0.0.1:8080")]
            ),
        };
    }

    /// <summary>Artifacts go where ClearML's file server has its files.</summary>
    private static AttemptOutputs OutputsOf(Database database, ContentStore content) =>
        new(
            new(database, TimeProvider.System),
            new ProgramEvents(new(database, content, TimeProvider.System), "http://127.0.0.1:8081").TakeAsync,
            async (caller, run, path, bytes, ct) =>
                (
                    await new Artifacts(database, content, TimeProvider.System).PutAsync(
                        caller,
                        ArtifactSpaces.Files,
                        $"{run}/{path}",
                        bytes,
                        run,
                        ct
                    )
                ).Select(file => file.Size)
        );

    private sealed class FreeLease : ISweepLease
    {
        public Task<bool> TakeAsync(CancellationToken ct) => Task.FromResult(true);
    }
}

/// <summary>Files that somebody keeps.</summary>
internal sealed class KeptFiles : IStoredRoots
{
    private readonly List<StoredRoot> roots = [];

    public void Add(string name, FileContent content) =>
        roots.Add(StoredRoot.Of(new("artifact", "files", name), content));

    public Task VisitAsync(Action<StoredRoot> visit, CancellationToken ct)
    {
        roots.ForEach(visit);
        return Task.CompletedTask;
    }
}
