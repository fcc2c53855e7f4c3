using System.IO.Pipelines;
using System.Text.Json.Nodes;
using Braid.Access;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Compute.Processes;
using Braid.Compute.Sandboxes;
using Braid.Data;
using Braid.Data.Content;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Specs.Reading;
using Braid.Pipelines.Workers;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Blobs;
using Braid.Tracking;
using Braid.Tracking.Inputs;
using Braid.Tracking.Runs;

namespace Braid.Pipelines.Load;

/// <summary>The domains over a database and a store of their own, without doors.</summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly CancellationToken none = CancellationToken.None;
    public static Caller Admin { get; } = new Caller.Administrator("load");

    private readonly string folder;

    private World(string folder, Database database, ContentStore content)
    {
        this.folder = folder;
        (Database, Content) = (database, content);
        var (clock, ids) = (TimeProvider.System, IdSource.System);
        var secrets = new SecretBox(new byte[SecretBox.KeySize]);
        Data = new(database, content, clock, ids);
        Host = new(
            database,
            content,
            Data,
            new Runs(database, clock, ids),
            new Inputs(database, ids),
            new Tracking.Logs.Logs(database, clock),
            new Authenticator(database, secrets, clock, ids, open: true),
            secrets,
            clock,
            ids
        );
    }

    public Database Database { get; }

    public ContentStore Content { get; }

    public VersionedData Data { get; }

    public PipelinesHost Host { get; }

    public static async Task<World> OpenAsync()
    {
        var folder = Directory.CreateTempSubdirectory("braid-load-").FullName;
        var database = await Database.OpenAsync(
            new DatabaseAddress.SqliteFile(Path.Combine(folder, "braid.db")),
            [
                .. AccessSchema.Migrations,
                .. DataSchema.Migrations,
                .. TrackingSchema.Migrations,
                .. PipelinesSchema.Migrations,
            ],
            TimeProvider.System,
            none
        );
        var blobs = new BlobAddress.Folder(Path.Combine(folder, "blobs"));
        var world = new World(folder, database, await ContentStore.OpenAsync(blobs, TimeProvider.System, none));
        await world.Data.EnsureDefaultProjectAsync(none);
        return world;
    }

    /// <summary>Starts loops and workers.</summary>
    public async Task StartAsync()
    {
        var doors = new DoorEndpoints
        {
            PachydermHost = "127.0.0.1",
            PachydermPort = 30650,
            ClearMLApi = "http://127.0.0.1:8008",
            ClearMLFiles = "http://127.0.0.1:8081",
            ClearMLWeb = "http://127.0.0.1:8080",
            MLflow = "http://127.0.0.1:5000",
        };
        await Host.StartAsync(
            (await ProcessExecutor.DetectAsync(new SandboxOptions(), TimeProvider.System)).Value,
            doors,
            new() { ScratchFolder = Path.Combine(folder, "scratch") },
            (loop, error) => Console.Error.WriteLine($"{loop}: {error}"),
            none
        );
    }

    public async Task CreateRepoAsync(string repo) =>
        _ = (await Data.Repos.CreateAsync(Admin, new("default", repo), "", false, none)).Value;

    public async Task<CommitSetId> PutAsync(string repo, IEnumerable<(string Path, byte[] Content)> files)
    {
        var target = CommitSpec.OfBranch("master");
        using var edits = (await Data.Files.EditAsync(Admin, new("default", repo), target, none)).Value;
        foreach (var (path, content) in files)
        {
            await edits.DeleteAsync(path, none);
            await edits.AppendAsync(path, content, none);
        }

        return (await edits.ApplyAsync(none)).Value.Name.Id;
    }

    /// <summary>A pipeline that runs a shell line for each match of a glob.</summary>
    public async Task CreatePipelineAsync(string name, string repo, string glob, string shell)
    {
        var spec = new JsonObject
        {
            ["pipeline"] = new JsonObject { ["name"] = name },
            ["transform"] = new JsonObject { ["cmd"] = new JsonArray("sh"), ["stdin"] = new JsonArray(shell) },
            ["input"] = new JsonObject
            {
                ["pfs"] = new JsonObject { ["repo"] = repo, ["glob"] = glob },
            },
        };
        var read = SpecReader.Read(spec.ToJsonString()).Value;
        _ = (await Host.Pipelines.CreateOrUpdateAsync(Admin, read, false, false, none)).Value;
    }

    public async Task<Job> EndedAsync(string pipeline, CommitSetId set)
    {
        var job = (await Host.Jobs.InspectAsync(Admin, new("default", pipeline), $"{set}", true, none)).Value;
        return job.State == JobState.Success
            ? job
            : throw new InvalidOperationException($"{pipeline}@{set} ended as {job.State}: {job.Reason}");
    }

    public async Task<Job> NewestAsync(string pipeline) =>
        (await Host.Jobs.ListAsync(Admin, new() { Pipeline = new("default", pipeline), Limit = 1 }, none)).Value[0];

    /// <summary>A file of a branch's head.</summary>
    public async Task<string> ReadAsync(string repo, string path)
    {
        var at = new FileAt(new("default", repo), CommitSpec.OfBranch("master"), path);
        var file = (await Data.Files.OpenAsync(Admin, at, none)).Value;
        var pipe = new Pipe();
        await file.CopyToAsync(pipe.Writer, 0, long.MaxValue, none);
        await pipe.Writer.CompleteAsync();
        using var reader = new StreamReader(pipe.Reader.AsStream());
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Content.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
