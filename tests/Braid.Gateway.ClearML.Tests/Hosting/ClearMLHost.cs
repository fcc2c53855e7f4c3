using System.Net;
using Braid.Access;
using Braid.Access.Credentials;
using Braid.Primitives;
using Braid.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Braid.Gateway.ClearML.Tests.Hosting;

/// <summary>The two ports of ClearML over real rooms with SQLite, in this process, on free ports, in a folder of its own.</summary>
internal sealed class ClearMLHost : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly WebApplication api;
    private readonly ErrorLog errors;

    private ClearMLHost(TestDatabase database, Authenticator access, WebApplication api, ErrorLog errors)
    {
        this.database = database;
        this.api = api;
        this.errors = errors;
        Access = access;
        Api = new ApiClient(new Uri(api.Urls.First()));
    }

    public static KeyPair Admin { get; } = new("ADMINKEY", "admin-secret");

    public Authenticator Access { get; }

    public ApiClient Api { get; }

    /// <param name="open">True for a server that takes callers without credentials.</param>
    public static async Task<ClearMLHost> StartAsync(bool open = true)
    {
        var database = await TestDatabase.OpenAsync("sqlite", [.. AccessSchema.Migrations]);
        var access = new Authenticator(
            database.Database,
            new SecretBox(new byte[SecretBox.KeySize]),
            TimeProvider.System,
            IdSource.System,
            open
        );
        await access.SetAdministratorAsync(Admin, default);
        var rooms = new ClearMLRooms
        {
            Access = access,
            Ids = IdSource.System,
            Clock = TimeProvider.System,
        };
        var errors = new ErrorLog();
        return new(database, access, await ServeAsync(app => ClearMLDoor.MapApi(app, rooms), errors), errors);
    }

    /// <summary>An error in the log is a bug, whatever the test looked at.</summary>
    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await api.DisposeAsync();
        await database.DisposeAsync();
        Assert.Empty(errors.Messages);
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
