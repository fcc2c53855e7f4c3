using System.Collections.Concurrent;
using Braid.Primitives;
using Braid.Storage.Blobs;
using Braid.Storage.Sweeping;
using Braid.Storage.Tests.Packs;
using Braid.Storage.Trees;
using Braid.Testing;

namespace Braid.Storage.Tests.Sweeping;

/// <summary>Any mix of writers, deletions and sweeps: what rows name stays, everything else goes in the end.</summary>
public sealed class SweepPropertyTests
{
    private static readonly SweepOptions options = SweepWorld.Eager with { Grace = TimeSpan.FromHours(2) };

    [Theory]
    [InlineData("folder")]
    [InlineData("memory")]
    [InlineData("shared")]
    public async Task Rows_keep_what_they_name_and_the_rest_is_freed(string kind)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        using var folder = new TempFolder();
        IBlobStore blobs =
            kind == "folder" ? new FolderBlobs(folder.Path) : new FaultyBlobs { WholeObjectsOnly = kind == "shared" };
        await using var world = await SweepWorld.OpenAsync(blobs, options: options);
        try
        {
            await MixAsync(world, random);
            await SettleAsync(world);
        }
        catch (Exception error)
        {
            Assert.Fail($"seed {seed}: {error}");
        }
    }

    [Fact]
    public async Task Writers_readers_and_sweeps_at_the_same_time_lose_nothing()
    {
        var seed = Environment.TickCount;
        using var folder = new TempFolder();
        await using var world = await SweepWorld.OpenAsync(new FolderBlobs(folder.Path));
        using var done = new CancellationTokenSource();
        var sweeping = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await world.RunAsync();
            }
        });
        try
        {
            try
            {
                var writers = Enumerable
                    .Range(0, 4)
                    .Select(i => Task.Run(() => WriteAsync(world, new(seed + i), $"w{i}")));
                await Task.WhenAll(writers);
            }
            finally
            {
                await done.CancelAsync();
                await sweeping;
            }

            await SettleAsync(world);
        }
        catch (Exception error)
        {
            Assert.Fail($"seed {seed}: {error}");
        }
    }

    private static async Task MixAsync(SweepWorld world, Random random)
    {
        var writers = new List<Writer>();
        var sweeping = Task.FromResult(SweepOutcome.Nothing);
        for (var step = 0; step < 400; step++)
        {
            switch (random.Next(10))
            {
                case 0 or 1:
                    writers.Add(new(world, $"r/{random.Next(20)}"));
                    break;
                case 2 or 3 or 4 when writers.Count > 0:
                    await writers[random.Next(writers.Count)].WriteAsync(random);
                    break;
                case 5 or 6 when writers.Count > 0:
                    var writer = writers[random.Next(writers.Count)];
                    writers.Remove(writer);
                    await writer.EndAsync();
                    break;
                case 7:
                    world.Rows.Delete($"r/{random.Next(20)}");
                    break;
                case 8 when sweeping.IsCompleted:
                    await sweeping;
                    sweeping = world.RunAsync();
                    break;
                default:
                    world.Clock.Advance(TimeSpan.FromMinutes(random.Next(15)));
                    break;
            }

            // On a shared store no writer may take longer than half the grace period.
            foreach (
                var late in writers.Where(writer => world.Clock.GetUtcNow() - writer.Begun > options.Grace / 3).ToList()
            )
            {
                writers.Remove(late);
                await late.EndAsync();
            }
        }

        foreach (var writer in writers)
        {
            await writer.EndAsync();
        }

        await sweeping;
    }

    private static async Task WriteAsync(SweepWorld world, Random random, string name)
    {
        for (var round = 0; round < 60; round++)
        {
            var writer = new Writer(world, $"{name}/{random.Next(5)}");
            for (var i = random.Next(5); i >= 0; i--)
            {
                await writer.WriteAsync(random);
            }

            if (random.Next(4) > 0)
            {
                await writer.EndAsync();
            }
            else
            {
                writer.Abandon();
                world.Rows.Delete($"{name}/{random.Next(5)}");
            }
        }
    }

    private static async Task SettleAsync(SweepWorld world)
    {
        await world.ReadAllAsync();
        for (var turn = 0; turn < 3; turn++)
        {
            world.Clock.Advance(options.Grace);
            await world.RunAsync();
            await world.ReadAllAsync();
        }

        var plan = await world.Sweep.PlanAsync(default);
        Assert.Equal((0L, 0L), (plan.FreedBytes, plan.SpareBytes));
    }

    /// <summary>A write that lasts: it writes new files and files that others wrote, and copies from rows that are there.</summary>
    private sealed class Writer(SweepWorld world, string row)
    {
        private readonly ContentHold hold = world.Store.Hold();
        private TreeRoot root;

        public DateTimeOffset Begun { get; } = world.Clock.GetUtcNow();

        public async Task WriteAsync(Random random)
        {
            var path = $"/{random.Next(4)}/{random.Next(8)}";
            var rows = world.Rows.All();
            TreeEdit edit = new TreeEdit.Put(path, await hold.WriteAsync(Bytes(random), default));
            if (random.Next(3) == 0 && rows.Count > 0)
            {
                var from = rows[random.Next(rows.Count)].Root;
                if (await world.Store.FindAsync(from, $"/{random.Next(4)}", default) is { } directory)
                {
                    edit = new TreeEdit.Graft($"/{random.Next(4)}", directory);
                }
            }

            if ((await hold.ApplyAsync(root, [edit], default)).TryGet(out var made, out _))
            {
                root = made;
            }
        }

        public async Task EndAsync()
        {
            using (hold)
            {
                if ((await hold.SealAsync(root, default)).TryGet(out var kept, out var gone))
                {
                    world.Rows.Set(row, kept);
                }
                else
                {
                    Assert.Equal("storage.gone", gone.Code);
                }
            }
        }

        public void Abandon() => hold.Dispose();

        // Few different ones, so that the same are written again after they were freed.
        private static byte[] Bytes(Random random) =>
            StoreFixture.RandomBytes(random.Next(60), random.Next(20) == 0 ? 150_000 : 2000);
    }
}
