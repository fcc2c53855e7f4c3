using System.Net;
using Braid.Access;
using Braid.Access.Credentials;
using Braid.Compute.Processes;
using Braid.Compute.Sandboxes;
using Braid.Data;
using Braid.Gateway.Pachyderm.Tests.Recorded;
using Braid.Grpc.Client;
using Braid.Grpc.Hosting;
using Braid.Metadata;
using Braid.Metadata.Migrations;
using Braid.Pipelines;
using Braid.Storage;
using Braid.Storage.Blobs;
using Braid.Testing;
using Braid.Tracking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Braid.Gateway.Pachyderm.Tests.Doors;

/// <summary>Pachyderm's door over real data and pipelines in a folder of its own, on a free port.</summary>
internal sealed class PachydermServer : IAsyncDisposable
{
    public const string DeploymentId = "0123456789abcdef0123456789abcdef";

    private static readonly IReadOnlyList<Migration> migrations =
    [
        .. AccessSchema.Migrations,
        .. DataSchema.Migrations,
        .. TrackingSchema.Migrations,
        .. PipelinesSchema.Migrations,
    ];

    private readonly TempFolder folder;
    private readonly TestDatabase database;
    private readonly ContentStore content;
    private readonly PipelinesHost pipelines;
    private readonly Recorder recorder = new();
    private readonly WebApplication app;

    private PachydermServer(TempFolder folder, TestDatabase database, ContentStore content, bool open)
    {
        this.folder = folder;
        this.database = database;
        this.content = content;
        var (rows, clock, ids) = (database.Database, TimeProvider.System, IdSource.System);
        var secrets = new SecretBox(new byte[SecretBox.KeySize]);
        Authenticator = new(rows, secrets, clock, ids, open);
        var data = new VersionedData(rows, content, clock, ids);
        pipelines = new(
            rows,
            content,
            data,
            new(rows, clock, ids),
            new(rows, ids),
            new(rows, clock),
            Authenticator,
            secrets,
            clock,
            ids
        )
        {
            Remote = new(new() { Folders = [Exposed] }),
        };
        Rooms = Compose(data);
        app = Build();
    }

    public PachydermRooms Rooms { get; }

    public Authenticator Authenticator { get; }

    /// <summary>Where chunks lie.</summary>
    public string Packs => folder.File("blobs/packs");

    /// <summary>The folder that <c>file://</c> reaches.</summary>
    public string Exposed => folder.File("exposed");

    public Database Database => database.Database;

    public Uri Address => new(app.Urls.First());

    /// <param name="open">Callers without credentials are administrators.</param>
    public static async Task<PachydermServer> StartAsync(bool open = true)
    {
        var folder = new TempFolder();
        var database = await TestDatabase.OpenAsync("sqlite", migrations);
        var content = await ContentStore.OpenAsync(
            new BlobAddress.Folder(folder.File("blobs")),
            TimeProvider.System,
            CancellationToken.None
        );
        var server = new PachydermServer(folder, database, content, open);
        await server.Rooms.Data.EnsureDefaultProjectAsync(CancellationToken.None);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Starts to run jobs, whose programs see some folders of this machine.</summary>
    public async Task RunJobsAsync(params string[] folders) =>
        await pipelines.StartAsync(
            (
                await ProcessExecutor.DetectAsync(
                    new() { ExtraMounts = [.. folders.Select(seen => new Mount(seen, seen, Writable: false))] },
                    TimeProvider.System
                )
            ).Value,
            new()
            {
                PachydermHost = Address.Host,
                PachydermPort = Address.Port,
                ClearMLApi = "http://127.0.0.1:8008",
                ClearMLFiles = "http://127.0.0.1:8081",
                ClearMLWeb = "http://127.0.0.1:8080",
                MLflow = "http://127.0.0.1:5000",
            },
            new() { ScratchFolder = folder.File("scratch"), Workers = 2 },
            (_, _) => { },
            CancellationToken.None
        );

    public PachydermClient Connect(string? token = null) => new(new GrpcChannel(Address), token);

    /// <summary>
    /// Writes what was asked and answered into the folder that BRAID_RECORD names, if it names one: how the recordings of
    /// stock clients are made anew.
    /// </summary>
    public async Task SaveRecordingAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("BRAID_RECORD") is { } to)
        {
            await Recording.WriteAsync(Path.Combine(to, name), recorder.Calls);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await pipelines.DisposeAsync();
        await content.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    private PachydermRooms Compose(VersionedData data) =>
        new()
        {
            Authenticator = Authenticator,
            Data = data,
            Pipelines = pipelines.Pipelines,
            Jobs = pipelines.Jobs,
            Datums = pipelines.Datums,
            Cron = pipelines.Cron,
            Egress = pipelines.Egress,
            Logs = pipelines.Logs,
            Secrets = pipelines.Secrets,
            Defaults = pipelines.Defaults,
            Health = pipelines.Health,
            Templates = pipelines.Templates,
            Tools = pipelines.Tools,
            Integrity = pipelines.Integrity,
            Content = content,
            Remote = new(new() { Folders = [Exposed] }),
            Clock = TimeProvider.System,
            DeploymentId = DeploymentId,
        };

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>>(new BlockPool());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            GrpcLimits.Apply(kestrel.Limits);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        var built = builder.Build();
        built.Use(recorder.RecordAsync);
        PachydermDoor.Map(built, Rooms);
        return built;
    }
}
