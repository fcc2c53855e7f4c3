using Braid.Access;
using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Blobs;
using Braid.Testing;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Tests;

/// <summary>All areas over a database of the test's own.</summary>
internal sealed class TrackingFixture : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly TestDatabase test;
    private ContentStore? store;

    private TrackingFixture(TestDatabase test)
    {
        this.test = test;
        var ids = IdSource.Seeded(7);
        Projects = new(test.Database, Clock, ids);
        Runs = new(test.Database, Clock, ids);
        Series = new(test.Database, Clock);
        Logs = new(test.Database, Clock);
        Plots = new(test.Database, Clock);
        Models = new(test.Database, Clock, ids);
        Registry = new(test.Database, Clock, ids);
        Inputs = new(test.Database, ids);
        Queues = new(test.Database, Clock, ids);
        Waiting = new(test.Database, Clock, ids);
        Workers = new(test.Database, Clock);
        WorkerHistory = new(test.Database);
        Signs = new(Clock);
    }

    public static Caller Someone { get; } = new Caller.Administrator("someone");

    public ManualClock Clock { get; } = new();
    public Braid.Metadata.Database Database => test.Database;
    public Projects.Projects Projects { get; }
    public Runs.Runs Runs { get; }
    public Series.Series Series { get; }
    public Logs.Logs Logs { get; }
    public Plots.Plots Plots { get; }
    public Models.Models Models { get; }
    public Registry Registry { get; }
    public Inputs.Inputs Inputs { get; }
    public Queues.Queues Queues { get; }
    public Queues.WaitingRuns Waiting { get; }
    public Workers.Workers Workers { get; }
    public Workers.WorkerHistory WorkerHistory { get; }
    public Workers.SignsOfLife Signs { get; }

    public static async Task<TrackingFixture> OpenAsync(string store) =>
        new(await TestDatabase.OpenAsync(store, [.. AccessSchema.Migrations, .. TrackingSchema.Migrations]));

    public async Task<Artifacts.Artifacts> ArtifactsAsync() => new(test.Database, await StoreAsync(), Clock);

    public async Task<EventFiles.EventFiles> EventFilesAsync() => new(test.Database, await StoreAsync(), Clock);

    /// <summary>A run that has not started.</summary>
    public async Task<Run> DraftAsync(string name = "run") =>
        (await Runs.CreateAsync(Someone, new() { Protocol = "test", Name = name }, default)).Value;

    public async Task<Run> RunAsync(string name = "run", ProjectId? project = null, RunChange? with = null) =>
        (
            await Runs.CreateAsync(
                Someone,
                new()
                {
                    Protocol = "test",
                    Name = name,
                    Project = project,
                    Status = RunStatus.InProgress,
                    With = with ?? new(),
                },
                default
            )
        ).Value;

    /// <summary>A job's run that is in progress, and the caller that its user code is.</summary>
    public async Task<(RunId Run, Caller.Job Caller)> JobAsync(string attempt = "attempt-1")
    {
        var id = new RunId(IdSource.System.Next());
        var project = await Database.WriteAsync(
            async db =>
            {
                var made = await Runs.CreateForJobAsync(db, new(id, null, "pipelines", "train"));
                await Runs.SetStatusForJobAsync(db, id, RunStatus.InProgress, "", "");
                return made;
            },
            default
        );
        return (id, new(id, project, attempt, new HashSet<string>()));
    }

    private async Task<ContentStore> StoreAsync() =>
        store ??= await ContentStore.OpenAsync(new BlobAddress.Folder(folder.File("blobs")), Clock, default);

    public async ValueTask DisposeAsync()
    {
        if (store is not null)
        {
            await store.DisposeAsync();
        }

        await test.DisposeAsync();
        folder.Dispose();
    }
}
