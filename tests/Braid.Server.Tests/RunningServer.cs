using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Server.Agents;
using Braid.Server.Folder;
using Braid.Server.Options;
using Braid.Storage.Blobs;
using Braid.Storage.Sweeping;
using Braid.Testing;
using Braid.Tracking.Runs;

namespace Braid.Server.Tests;

/// <summary>The whole server in this process, on free ports and a folder of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly TempFolder folder;
    private readonly BraidServer server;

    private RunningServer(TempFolder folder, BraidServer server)
    {
        this.folder = folder;
        this.server = server;
    }

    public HttpClient Http { get; } = new(new HttpClientHandler { AllowAutoRedirect = false });

    public string Url(string door) => server.Urls.Single(url => url.Key == door).Value;

    public static async Task<RunningServer> StartAsync(bool auth)
    {
        var folder = new TempFolder();
        var options = new ServeOptions
        {
            Data = folder.Path,
            Bind = System.Net.IPAddress.Loopback,
            Ports = new(0, 0, 0, 0, 0, 0),
            Database = new DatabaseAddress.SqliteFile(folder.File("braid.db")),
            Blobs = new BlobAddress.Folder(folder.File("blobs")),
            Expose = [],
            ReclaimEvery = Sweeper.Never,
            PrivateUrls = false,
            Executor = new(ExecutorKind.Process, "/nowhere"),
            Auth = auth,
        };
        return new(folder, await BraidServer.StartAsync(options, default));
    }

    /// <summary>The administrator's key pair, from the file that people read it from.</summary>
    public KeyPair Administrator()
    {
        using var file = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(folder.File("admin.json")));
        return new(
            file.RootElement.GetProperty("access_key").GetString()!,
            file.RootElement.GetProperty("secret_key").GetString()!
        );
    }

    /// <summary>A job's run and the credentials of its attempt, as a worker gets them; the attempt can be ended.</summary>
    public async Task<JobCredentials> IssueForJobAsync(params string[] readable)
    {
        await using var database = await OpenDatabaseAsync();
        var authenticator = await AuthenticatorAsync(database);
        var run = new RunId(IdSource.System.Next());
        var runs = new Runs(database, TimeProvider.System, IdSource.System);
        var keys = await database.WriteAsync(
            async db =>
            {
                var project = await runs.CreateForJobAsync(db, new(run, null, "default", "job"));
                var job = new Caller.Job(run, project, run.ToString(), readable.ToHashSet());
                return await authenticator.IssueForJobAsync(db, job);
            },
            default
        );
        return new(run, keys);
    }

    public async Task RevokeAsync(JobCredentials job)
    {
        await using var database = await OpenDatabaseAsync();
        var authenticator = await AuthenticatorAsync(database);
        await database.WriteAsync(db => authenticator.RevokeAttemptAsync(db, job.Run.ToString()), default);
    }

    /// <summary>A number that the rows say.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var database = await OpenDatabaseAsync();
        return await database.ReadAsync(db => db.ScalarAsync<long>(sql), default);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await server.DisposeAsync();
        folder.Dispose();
    }

    private Task<Database> OpenDatabaseAsync() =>
        Database.OpenAsync(
            new DatabaseAddress.SqliteFile(folder.File("braid.db")),
            Stores.Migrations,
            TimeProvider.System,
            default
        );

    private async Task<Authenticator> AuthenticatorAsync(Database database) =>
        new(
            database,
            await InstallationKey.OpenAsync(folder.Path, default),
            TimeProvider.System,
            IdSource.System,
            open: false
        );
}

/// <summary>What a job's program has in its environment.</summary>
internal sealed record JobCredentials(RunId Run, KeyPair Keys);
