using System.Net;
using Braid.Access;
using Braid.Access.Credentials;
using Braid.Data;
using Braid.Gateway.Pachyderm.Tests.Recorded;
using Braid.Grpc.Client;
using Braid.Grpc.Hosting;
using Braid.Metadata.Migrations;
using Braid.Storage;
using Braid.Storage.Blobs;
using Braid.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Braid.Gateway.Pachyderm.Tests.Doors;

/// <summary>Pachyderm's door over real data in a folder of its own, on a free port.</summary>
internal sealed class PachydermServer : IAsyncDisposable
{
    public const string DeploymentId = "0123456789abcdef0123456789abcdef";

    private readonly TempFolder folder;
    private readonly TestDatabase database;
    private readonly ContentStore content;
    private readonly WebApplication app;

    private PachydermServer(TempFolder folder, TestDatabase database, ContentStore content, PachydermRooms rooms)
    {
        this.folder = folder;
        this.database = database;
        this.content = content;
        Rooms = rooms;
        app = Build(rooms);
    }

    private readonly Recorder recorder = new();

    public PachydermRooms Rooms { get; }

    public Authenticator Authenticator => Rooms.Authenticator;

    public Uri Address => new(app.Urls.First());

    /// <param name="open">Callers without credentials are administrators.</param>
    public static async Task<PachydermServer> StartAsync(bool open = true)
    {
        var folder = new TempFolder();
        IReadOnlyList<Migration> migrations = [.. AccessSchema.Migrations, .. DataSchema.Migrations];
        var database = await TestDatabase.OpenAsync("sqlite", migrations);
        var content = await ContentStore.OpenAsync(
            new BlobAddress.Folder(folder.File("blobs")),
            TimeProvider.System,
            CancellationToken.None
        );
        var authenticator = new Authenticator(
            database.Database,
            new SecretBox(new byte[SecretBox.KeySize]),
            TimeProvider.System,
            IdSource.System,
            open
        );
        var data = new VersionedData(database.Database, content, TimeProvider.System, IdSource.System);
        await data.EnsureDefaultProjectAsync(CancellationToken.None);
        var server = new PachydermServer(folder, database, content, Compose(authenticator, data));
        await server.app.StartAsync();
        return server;
    }

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
        await content.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    private static PachydermRooms Compose(Authenticator authenticator, VersionedData data) =>
        new()
        {
            Authenticator = authenticator,
            Data = data,
            Pipelines = new(),
            Jobs = new(),
            Datums = new(),
            Logs = new(),
            Clock = TimeProvider.System,
            DeploymentId = DeploymentId,
        };

    private WebApplication Build(PachydermRooms rooms)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            GrpcLimits.Apply(kestrel.Limits.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        var app = builder.Build();
        app.Use(recorder.RecordAsync);
        PachydermDoor.Map(app, rooms);
        return app;
    }
}
