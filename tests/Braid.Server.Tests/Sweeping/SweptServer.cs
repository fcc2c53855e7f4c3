using System.Net;
using System.Text;
using Braid.Access.Callers;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Server.Agents;
using Braid.Server.Options;
using Braid.Storage.Blobs;
using Braid.Storage.Files;
using Braid.Storage.Sweeping;
using Braid.Storage.Trees;
using Braid.Testing;
using Braid.Tracking.Artifacts;

namespace Braid.Server.Tests.Sweeping;

/// <summary>The stores and domains of a server without its doors and loops, to be swept by hand.</summary>
internal sealed class SweptServer : IAsyncDisposable
{
    public static readonly Caller User = new Caller.Administrator("ann");

    private readonly TempFolder folder;

    private SweptServer(TempFolder folder, Stores stores, Rooms rooms)
    {
        this.folder = folder;
        Stores = stores;
        Rooms = rooms;
    }

    public Stores Stores { get; }

    public Rooms Rooms { get; }

    public static async Task<SweptServer> OpenAsync()
    {
        var folder = new TempFolder();
        var options = new ServeOptions
        {
            Data = folder.Path,
            Bind = IPAddress.Loopback,
            Ports = new(0, 0, 0, 0, 0, 0),
            Database = new DatabaseAddress.SqliteFile(folder.File("braid.db")),
            Blobs = new BlobAddress.Folder(folder.File("blobs")),
            Expose = [],
            ReclaimEvery = Sweeper.Never,
            PrivateUrls = false,
            Executor = new(ExecutorKind.Process, "/nowhere"),
            Auth = false,
        };
        var stores = await Stores.OpenAsync(options, TimeProvider.System, IdSource.System, default);
        var rooms = new Rooms(stores, options);
        await rooms.Data.EnsureDefaultProjectAsync(default);
        return new(folder, stores, rooms);
    }

    public RepoName Repo(string name) => RepoName.Parse(name).Value;

    /// <summary>Commits one file to a repo that is made for it.</summary>
    public async Task CommitAsync(string repo, byte[] bytes)
    {
        await Rooms.Data.Repos.CreateAsync(User, Repo(repo), "", update: true, default);
        using var edits = (
            await Rooms.Data.Files.EditAsync(User, Repo(repo), CommitSpec.OfBranch("master"), default)
        ).Value;
        await edits.AppendAsync("/f", bytes, default);
        Assert.True((await edits.ApplyAsync(default)).IsOk);
    }

    public async Task<byte[]> ReadCommitAsync(string repo)
    {
        var at = new Data.Content.FileAt(Repo(repo), CommitSpec.OfBranch("master"), "/f");
        var file = (await Rooms.Data.Files.OpenAsync(User, at, default)).Value;
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, 0, long.MaxValue, default);
        return bytes.ToArray();
    }

    public async Task<byte[]> ReadAsync(FileContent content)
    {
        using var bytes = new MemoryStream();
        await Stores.Content.CopyToAsync(content, 0, long.MaxValue, bytes, default);
        return bytes.ToArray();
    }

    /// <summary>Frees everything that is worth it, now.</summary>
    public async Task<SweepOutcome> SweepAsync()
    {
        var plan = (await Rooms.Sweeper.PlanAsync(default)).Value;
        Assert.True(Rooms.Sweeper.Apply(plan.Id).IsOk);
        await Rooms.Sweeper.StepAsync(default);
        return Rooms.Sweeper.State.LastOutcome ?? SweepOutcome.Nothing;
    }

    public async ValueTask DisposeAsync()
    {
        await Rooms.Pipelines.DisposeAsync();
        await Stores.DisposeAsync();
        folder.Dispose();
    }
}
