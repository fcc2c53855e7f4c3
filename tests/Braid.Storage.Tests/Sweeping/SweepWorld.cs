using Braid.Primitives;
using Braid.Storage.Blobs;
using Braid.Storage.Files;
using Braid.Storage.Packs;
using Braid.Storage.Roots;
using Braid.Storage.Sweeping;
using Braid.Storage.Trees;
using Braid.Testing;

namespace Braid.Storage.Tests.Sweeping;

/// <summary>A store with rows that name trees in it, as a database would, and a sweeper.</summary>
internal sealed class SweepWorld : IAsyncDisposable
{
    private SweepWorld(PackStore chunks, SweepRows rows, ManualClock clock, SweepOptions options)
    {
        Chunks = chunks;
        Rows = rows;
        Clock = clock;
        Options = options;
        Store = new(chunks, null, options);
        Sweep = new(Store, rows, FreeLease.Instance, options, IdSource.System, _ => { });
    }

    public PackStore Chunks { get; }

    public ContentStore Store { get; }

    public SweepRows Rows { get; }

    public ManualClock Clock { get; }

    public SweepOptions Options { get; }

    public Sweep Sweep { get; }

    /// <summary>Frees whatever is dead, if it is a byte of a pack.</summary>
    public static SweepOptions Eager { get; } = new() { DeadShare = 0 };

    public static async Task<SweepWorld> OpenAsync(
        IBlobStore blobs,
        SweepRows? rows = null,
        ManualClock? clock = null,
        SweepOptions? options = null
    )
    {
        clock ??= new();
        var small = new PackStoreOptions { PackLength = 20_000, LostSync = _ => { } };
        var chunks = await PackStore.OpenAsync(blobs, clock, IdSource.System, small, default);
        return new(chunks, rows ?? new(), clock, options ?? Eager);
    }

    /// <summary>Writes files and lets a row name their tree.</summary>
    public async Task<TreeRoot> CommitAsync(string row, params (string Path, byte[] Bytes)[] files)
    {
        using var hold = Store.Hold();
        var edits = new List<TreeEdit>();
        foreach (var (path, bytes) in files)
        {
            edits.Add(new TreeEdit.Put(path, await hold.WriteAsync(bytes, default)));
        }

        var root = (await hold.ApplyAsync(TreeRoot.Empty, edits, default)).Value;
        Rows.Set(row, (await hold.SealAsync(root, default)).Value);
        return root;
    }

    public Task<SweepOutcome> RunAsync() => Sweep.RunAsync(null, default);

    /// <summary>Bytes of all packs, those being written included.</summary>
    public async Task<long> StoredAsync() => (await Sweep.PlanAsync(default)).StoredBytes;

    /// <summary>Reads every byte that the rows reach.</summary>
    public async Task ReadAllAsync()
    {
        foreach (var (name, root) in Rows.All())
        {
            await foreach (var entry in Store.WalkAsync(root, "/", null, default))
            {
                if (entry.Content is { } content)
                {
                    await ReadAsync(name + entry.Path, content);
                }
            }
        }
    }

    public async Task<byte[]> ReadAsync(string name, FileContent content)
    {
        using var bytes = new MemoryStream();
        await Store.CopyToAsync(content, 0, long.MaxValue, bytes, default);
        Assert.True(content.Size == bytes.Length, name);
        return bytes.ToArray();
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private sealed class FreeLease : ISweepLease
    {
        public static FreeLease Instance { get; } = new();

        public Task<bool> TakeAsync(CancellationToken ct) => Task.FromResult(true);
    }
}

/// <summary>Rows that name trees.</summary>
internal sealed class SweepRows : IStoredRoots
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, TreeRoot> roots = [];

    /// <summary>Called after each snapshot that a sweep has taken.</summary>
    public Action OnVisited { get; set; } = () => { };

    public void Set(string row, TreeRoot root)
    {
        lock (gate)
        {
            roots[row] = root;
        }
    }

    public void Delete(string row)
    {
        lock (gate)
        {
            roots.Remove(row);
        }
    }

    public IReadOnlyList<(string Name, TreeRoot Root)> All()
    {
        lock (gate)
        {
            return [.. roots.Select(row => (row.Key, row.Value))];
        }
    }

    public Task VisitAsync(Action<StoredRoot> visit, CancellationToken ct)
    {
        foreach (var (name, root) in All())
        {
            visit(StoredRoot.Of(new("commit", name.Split('/')[0], name), root));
        }

        OnVisited();
        return Task.CompletedTask;
    }
}
