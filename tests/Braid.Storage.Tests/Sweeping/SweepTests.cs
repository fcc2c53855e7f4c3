using Braid.Primitives;
using Braid.Storage.Blobs;
using Braid.Storage.Files;
using Braid.Storage.Sweeping;
using Braid.Storage.Tests.Packs;
using Braid.Storage.Trees;
using Braid.Testing;

namespace Braid.Storage.Tests.Sweeping;

public sealed class SweepTests
{
    private static readonly byte[] old = StoreFixture.RandomBytes(1, 5000);
    private static readonly byte[] other = StoreFixture.RandomBytes(2, 5000);

    [Fact]
    public async Task What_no_row_names_is_freed_and_the_rest_stays()
    {
        using var folder = new TempFolder();
        await using var world = await SweepWorld.OpenAsync(new FolderBlobs(folder.Path));
        await world.CommitAsync("r/1", ("/a", old), ("/b", StoreFixture.RandomBytes(3, 300_000)));
        await world.CommitAsync("r/2", ("/a", old));
        world.Rows.Delete("r/1");
        var before = await world.StoredAsync();
        var outcome = await world.RunAsync();
        Assert.InRange(outcome.FreedBytes, 300_000, before);
        Assert.InRange(await world.StoredAsync(), 5000, 6000);
        await world.ReadAllAsync();
        Assert.Equal(SweepOutcome.Nothing, await world.RunAsync());
    }

    [Fact]
    public async Task A_plan_says_what_would_be_freed_and_what_holds_the_rest_and_changes_nothing()
    {
        await using var world = await SweepWorld.OpenAsync(new FaultyBlobs());
        await world.CommitAsync("images/1", ("/a", old));
        await world.CommitAsync("labels/1", ("/a", old), ("/b", other));
        await world.CommitAsync("gone/1", ("/a", StoreFixture.RandomBytes(4, 50_000)));
        world.Rows.Delete("gone/1");
        var plan = await world.Sweep.PlanAsync(default);
        Assert.InRange(plan.FreedBytes, 50_000, 52_000);
        Assert.Equal(
            ["commit images 1", "commit labels 1"],
            plan.Held.Select(h => $"{h.Kind} {h.Group} {h.References}")
        );
        Assert.InRange(plan.Held[0].Bytes, 5000, 5400);
        Assert.InRange(plan.Held[1].Bytes, 5000, 5400);
        Assert.Equal(plan.StoredBytes, await world.StoredAsync());
    }

    [Fact]
    public async Task Only_the_packs_of_the_plan_are_freed()
    {
        await using var world = await SweepWorld.OpenAsync(new FaultyBlobs());
        await world.CommitAsync("r/1", ("/a", StoreFixture.RandomBytes(5, 50_000)));
        world.Rows.Delete("r/1");
        await world.Chunks.SealAsync(_ => true, default);
        var plan = await world.Sweep.PlanAsync(default);
        await world.CommitAsync("r/2", ("/a", StoreFixture.RandomBytes(6, 90_000)));
        world.Rows.Delete("r/2");
        Assert.Equal(plan.FreedBytes, (await world.Sweep.RunAsync(plan, default)).FreedBytes);
        Assert.InRange((await world.Sweep.PlanAsync(default)).FreedBytes, 90_000, 95_000);
    }

    [Fact]
    public async Task Freeing_waits_for_a_writer_that_found_the_bytes_already_there()
    {
        await using var world = await SweepWorld.OpenAsync(new FaultyBlobs());
        await world.CommitAsync("r/1", ("/a", old));
        world.Rows.Delete("r/1");
        var hold = world.Store.Hold();
        var content = await hold.WriteAsync(old, default);
        var sweeping = world.RunAsync();
        Assert.False(sweeping.IsCompleted);
        var root = (await hold.ApplyAsync(TreeRoot.Empty, [new TreeEdit.Put("/x", content)], default)).Value;
        world.Rows.Set("r/2", (await hold.SealAsync(root, default)).Value);
        hold.Dispose();
        await sweeping;
        Assert.Equal(old, await world.ReadAsync("x", content));
    }

    [Fact]
    public async Task Bytes_that_are_condemned_are_written_anew()
    {
        await using var world = await SweepWorld.OpenAsync(new FaultyBlobs());
        await world.CommitAsync("r/1", ("/a", old));
        world.Rows.Delete("r/1");
        var earlier = world.Store.Hold();
        var sweeping = world.RunAsync();
        await world.CommitAsync("r/2", ("/a", old));
        earlier.Dispose();
        Assert.InRange((await sweeping).FreedBytes, 5000, 6000);
        await world.ReadAllAsync();
    }

    [Fact]
    public async Task What_is_taken_over_from_a_row_that_no_sweep_saw_is_kept_by_its_seal()
    {
        // A writer from before the condemnation revives bytes; one from after it copies them; the first row goes.
        await using var world = await SweepWorld.OpenAsync(new FaultyBlobs());
        await world.CommitAsync("r/1", ("/a", old));
        world.Rows.Delete("r/1");
        var first = world.Store.Hold();
        var content = await first.WriteAsync(old, default);
        var revived = (await first.ApplyAsync(TreeRoot.Empty, [new TreeEdit.Put("/d/x", content)], default)).Value;
        revived = (await first.SealAsync(revived, default)).Value;
        var sweeping = world.RunAsync();
        world.Rows.Set("r/2", revived);
        using var second = world.Store.Hold();
        var copied = await world.Store.FindAsync(revived, "/d", default);
        world.Rows.Delete("r/2");
        first.Dispose();
        await sweeping;
        var root = await second.ApplyAsync(TreeRoot.Empty, [new TreeEdit.Graft("/y", copied!)], default);
        if ((await second.SealAsync(root.Value, default)).TryGet(out var kept, out var gone))
        {
            world.Rows.Set("r/3", kept);
            await world.ReadAllAsync();
        }
        else
        {
            Assert.Equal("storage.gone", gone.Code);
        }
    }

    [Fact]
    public async Task A_seal_after_the_freeing_says_that_what_it_took_over_is_gone()
    {
        await using var world = await SweepWorld.OpenAsync(new FaultyBlobs());
        var root = await world.CommitAsync("r/1", ("/a", old));
        world.Rows.Delete("r/1");
        var blocker = world.Store.Hold();
        var sweeping = world.RunAsync();
        using var late = world.Store.Hold();
        blocker.Dispose();
        await sweeping;
        Assert.Equal("storage.gone", (await late.SealAsync(root, default)).Error?.Code);
    }

    [Fact]
    public async Task A_damaged_node_frees_nothing()
    {
        using var folder = new TempFolder();
        await using var world = await SweepWorld.OpenAsync(new FolderBlobs(folder.Path));
        await world.CommitAsync("r/1", ("/a", old), ("/b", StoreFixture.RandomBytes(3, 300_000)));
        world.Rows.Set("r/2", new(Sha256Hash.Of("no such node"u8)));
        world.Rows.Delete("r/1");
        var before = Directory.GetFiles(folder.File("packs")).Length;
        await Assert.ThrowsAsync<CorruptionException>(world.RunAsync);
        Assert.Equal(before, Directory.GetFiles(folder.File("packs")).Length);
    }

    [Fact]
    public async Task A_pack_with_a_damaged_live_chunk_is_left_alone()
    {
        using var folder = new TempFolder();
        await using var world = await SweepWorld.OpenAsync(new FolderBlobs(folder.Path));
        await world.CommitAsync("r/1", ("/a", old), ("/b", StoreFixture.RandomBytes(3, 30_000)));
        await world.CommitAsync("r/2", ("/a", old));
        var pack = Directory.GetFiles(folder.File("packs")).Single(file => new FileInfo(file).Length > 30_000);
        await world.Chunks.SealAsync(_ => true, default);
        world.Rows.Delete("r/1");
        using (var file = File.OpenWrite(pack))
        {
            file.Position = 1000;
            file.WriteByte(1);
        }

        await world.RunAsync();
        Assert.True(File.Exists(pack));
    }

    [Fact]
    public async Task A_forgotten_hold_ends_when_it_is_collected()
    {
        await using var world = await SweepWorld.OpenAsync(new FaultyBlobs());
        Forget(world);
        await Eventually.IsTrueAsync(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return Task.FromResult(world.Store.Holds.Oldest is null);
            },
            "the hold ended"
        );

        static void Forget(SweepWorld world) => world.Store.Hold();
    }
}
