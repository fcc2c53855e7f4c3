using System.Net;
using System.Text.Json;
using Braid.Access;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Client.Backends.BraidServer;
using Braid.Client.Backends.ClearML;
using Braid.Client.Backends.MLflow;
using Braid.Data;
using Braid.Gateway.ClearML;
using Braid.Gateway.MLflow;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Blobs;
using Braid.Testing;
using Braid.Tracking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Braid.Client.Tests.Doors;

/// <summary>A Braid server's doors for ClearML, its files and MLflow, over one database, in this process, demanding credentials.</summary>
internal sealed class BraidDoors : IAsyncDisposable
{
    private readonly TempFolder folder;
    private readonly TestDatabase database;
    private readonly ContentStore content;
    private readonly List<WebApplication> apps = [];
    private readonly HttpClient http = new();

    private BraidDoors(TempFolder folder, TestDatabase database, ContentStore content)
    {
        (this.folder, this.database, this.content) = (folder, database, content);
        var (clock, ids) = (TimeProvider.System, IdSource.System);
        Access = new(database.Database, new SecretBox(new byte[SecretBox.KeySize]), clock, ids, false);
        Runs = new(database.Database, clock, ids);
    }

    public static KeyPair Admin { get; } = new("ADMINKEY", "admin-secret");

    public Authenticator Access { get; }

    public Tracking.Runs.Runs Runs { get; }

    public Uri Api { get; private set; } = null!; // set as they start

    public Uri Files { get; private set; } = null!;

    public Uri MLflow { get; private set; } = null!;

    public static async Task<BraidDoors> StartAsync()
    {
        var folder = new TempFolder();
        var database = await TestDatabase.OpenAsync(
            "sqlite",
            [.. AccessSchema.Migrations, .. DataSchema.Migrations, .. TrackingSchema.Migrations]
        );
        var content = await ContentStore.OpenAsync(
            new BlobAddress.Folder(folder.File("blobs")),
            TimeProvider.System,
            default
        );
        var doors = new BraidDoors(folder, database, content);
        await doors.Access.SetAdministratorAsync(Admin, default);
        var rooms = doors.ClearMLRooms();
        doors.Api = await doors.ServeAsync(app => ClearMLDoor.MapApi(app, rooms));
        doors.Files = await doors.ServeAsync(app => ClearMLDoor.MapFiles(app, rooms));
        doors.MLflow = await doors.ServeAsync(app => MLflowDoor.Map(app, doors.MLflowRooms()));
        return doors;
    }

    public ClearMLOptions ClearMLAs(KeyPair keys) =>
        new()
        {
            ApiHost = Api,
            FilesHost = Files,
            AccessKey = keys.AccessKey,
            SecretKey = keys.SecretKey,
        };

    public MLflowOptions MLflowAs(KeyPair keys) =>
        new()
        {
            TrackingUri = MLflow,
            Username = keys.AccessKey,
            Password = keys.SecretKey,
        };

    public BraidBackend Braid(KeyPair? keys = null) => new(ClearMLAs(keys ?? Admin), MLflowAs(keys ?? Admin));

    /// <summary>Makes a job's run; answers it and the credentials of its programs.</summary>
    public async Task<(RunId Run, KeyPair Keys)> StartJobAsync()
    {
        var id = new RunId(IdSource.System.Next());
        var keys = await database.Database.WriteAsync(
            async db =>
            {
                var project = await Runs.CreateForJobAsync(db, new(id, null, "jobs", "train"));
                await Runs.SetStatusForJobAsync(db, id, Tracking.Runs.RunStatus.InProgress, "", "");
                return await Access.IssueForJobAsync(db, new Caller.Job(id, project, "1", new HashSet<string>()));
            },
            default
        );
        return (id, keys);
    }

    /// <summary>Asks ClearML's API.</summary>
    public Task<JsonElement> ClearMLAsync(string call, string body) =>
        AskAsync(new(HttpMethod.Post, $"{Api}{call}") { Content = new StringContent(body) }, "data");

    /// <summary>Asks MLflow's API.</summary>
    public Task<JsonElement> MLflowAsync(string call) =>
        AskAsync(new(HttpMethod.Get, $"{MLflow}api/2.0/mlflow/{call}"), field: null);

    /// <summary>A file of either door.</summary>
    public async Task<byte[]> FileAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (address.StartsWith(Files.AbsoluteUri, StringComparison.Ordinal))
        {
            var login = await ClearMLAsync("auth.login", "{}");
            request.Headers.Authorization = new("Bearer", login.GetProperty("token").GetString());
        }
        else
        {
            Sign(request);
        }

        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        foreach (var app in apps)
        {
            await app.DisposeAsync();
        }

        await content.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    private async Task<JsonElement> AskAsync(HttpRequestMessage request, string? field)
    {
        using (request)
        {
            Sign(request);
            using var answer = await http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            var json = JsonElement.Parse(text);
            return field is null ? json : json.GetProperty(field);
        }
    }

    private static void Sign(HttpRequestMessage request) =>
        request.Headers.Authorization = new(
            "Basic",
            Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{Admin.AccessKey}:{Admin.SecretKey}"))
        );

    private async Task<Uri> ServeAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        apps.Add(app);
        return new(app.Urls.First());
    }

    private ClearMLRooms ClearMLRooms()
    {
        var (clock, ids, db) = (TimeProvider.System, IdSource.System, database.Database);
        return new()
        {
            Access = Access,
            Users = new(db, clock),
            Keys = new(db, Access),
            Projects = new(db, clock, ids),
            Runs = Runs,
            Queues = new(db, clock, ids),
            Waiting = new(db, clock, ids),
            QueueDesk = new Braid.Workloads.WorkloadsHost(
                db,
                new(db, clock, ids),
                Runs,
                new(db, clock),
                Access,
                clock,
                ids
            ).QueueDesk,
            Workers = new(db, clock),
            QueueHistory = new(db, clock),
            WorkerHistory = new(db),
            Signs = new(clock),
            Words = new(db),
            Models = new(db, clock, ids),
            Series = new(db, clock),
            Plots = new(db, clock),
            Logs = new(db, clock),
            Artifacts = new(db, content, clock),
            Ids = ids,
            Clock = clock,
        };
    }

    private Rooms MLflowRooms()
    {
        var (clock, ids, db) = (TimeProvider.System, IdSource.System, database.Database);
        return new()
        {
            Authenticator = Access,
            Projects = new(db, clock, ids),
            Runs = Runs,
            Series = new(db, clock),
            Models = new(db, clock, ids),
            Registry = new(db, clock, ids),
            RunImports = new(db, clock, ids),
            ModelImports = new(db, clock, ids),
            Inputs = new(db, ids),
            Artifacts = new(db, content, clock),
            Uploads = new(new(new byte[SecretBox.KeySize]), clock),
            Ids = ids,
        };
    }
}
