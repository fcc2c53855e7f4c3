using Braid.Access;
using Braid.Access.Credentials;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Blobs;
using Braid.Testing;
using Braid.Tracking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Braid.Gateway.MLflow.Tests.Hosting;

/// <summary>The door on a free port over real domains, with SQLite and files in a folder of its own.</summary>
internal sealed class MLflowServer : IAsyncDisposable
{
    private readonly TempFolder folder;
    private readonly ContentStore content;
    private readonly WebApplication app;

    private MLflowServer(TempFolder folder, Database database, ContentStore content, Rooms rooms, WebApplication app)
    {
        this.folder = folder;
        this.content = content;
        this.app = app;
        Database = database;
        Rooms = rooms;
        Client = new() { BaseAddress = new(app.Urls.Single()) };
    }

    public Database Database { get; }

    public Rooms Rooms { get; }

    /// <summary>Sends no credentials.</summary>
    public HttpClient Client { get; }

    /// <param name="open">Callers without credentials are administrators.</param>
    public static async Task<MLflowServer> StartAsync(bool open = true)
    {
        var ct = CancellationToken.None;
        var folder = new TempFolder();
        var database = await Database.OpenAsync(
            new DatabaseAddress.SqliteFile(folder.File("braid.db")),
            [.. AccessSchema.Migrations, .. TrackingSchema.Migrations],
            TimeProvider.System,
            ct
        );
        var content = await ContentStore.OpenAsync(
            new BlobAddress.Folder(folder.File("blobs")),
            TimeProvider.System,
            ct
        );
        var rooms = Furnish(database, content, open);
        var app = Build(rooms);
        await app.StartAsync(ct);
        return new(folder, database, content, rooms, app);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        await content.DisposeAsync();
        await Database.DisposeAsync();
        folder.Dispose();
    }

    private static Rooms Furnish(Database database, ContentStore content, bool open)
    {
        var (clock, ids) = (TimeProvider.System, IdSource.System);
        return new()
        {
            Authenticator = new Authenticator(database, new(new byte[SecretBox.KeySize]), clock, ids, open),
            Projects = new(database, clock, ids),
            Runs = new(database, clock, ids),
            Series = new(database, clock),
            Models = new(database, clock, ids),
            Registry = new(database, clock, ids),
            Inputs = new(database, ids),
            RunImports = new(database, clock, ids),
            ModelImports = new(database, clock, ids),
            Artifacts = new(database, content, clock),
            Uploads = new(new(new byte[SecretBox.KeySize]), clock),
            Ids = ids,
        };
    }

    private static WebApplication Build(Rooms rooms)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestLineSize = 64 * 1024);
        var app = builder.Build();
        MLflowDoor.Map(app, rooms);
        return app;
    }
}
