using System.Collections.Concurrent;
using Braid.Pipelines.Jobs;
using Braid.Testing;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Jobs;

/// <summary>What a job costs of which one datum changed, counted: seconds would tell of the machine.</summary>
public sealed class JobCostTests
{
    /// <summary>A little more than it was when this was written: enough for a feature, too little for a loop.</summary>
    private const int most = 175;

    /// <summary>Nodes of the trees of datums and of outputs, records and files: so many, however wide the trees are.</summary>
    private const int mostChunks = 40;

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task One_changed_datum_asks_the_database_the_same_whatever_the_number_of_datums(string store)
    {
        await using var few = await FilledAsync(store, 2);
        await using var many = await FilledAsync(store, 200);

        var statements = await StatementsAsync(few);

        Assert.Equal(statements, await StatementsAsync(many));
        Assert.InRange(statements.Length, 1, most);
    }

    [Fact]
    public async Task One_changed_datum_writes_a_few_nodes_whatever_the_number_of_datums()
    {
        await using var world = await FilledAsync("sqlite", 500);
        var before = world.Content.ChunkCount;

        await ChangeAsync(world);

        Assert.InRange(world.Content.ChunkCount - before, 1, mostChunks);
    }

    /// <summary>The texts of the statements that a job runs, from the commit that makes it to its end.</summary>
    private static async Task<string[]> StatementsAsync(PipelineWorld world)
    {
        var statements = new ConcurrentQueue<string>();
        world.Database.Watch = statements.Enqueue;
        await ChangeAsync(world);
        world.Database.Watch = null;
        // Waking others is a statement where there may be other servers.
        return [.. statements.Where(text => !text.Contains("pg_notify", StringComparison.Ordinal))];
    }

    private static async Task ChangeAsync(PipelineWorld world)
    {
        await world.PutAsync("images", ("/0", "changed"));
        Assert.Equal(1, await RunAsync(world));
        Assert.Equal((JobState.Success, 1L), await EndAsync(world));
    }

    private static async Task<(JobState State, long Processed)> EndAsync(PipelineWorld world)
    {
        var job = await world.NewestAsync("edges");
        return (job.State, job.Progress.Processed);
    }

    private static async Task<PipelineWorld> FilledAsync(string store, int files)
    {
        var world = await OpenAsync(store);
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "true", "images:/*"));
        await world.PutAsync("images", [.. Enumerable.Range(0, files).Select(n => ($"/{n}", (string?)$"{n}"))]);
        Assert.Equal(files, await RunAsync(world));
        return world;
    }

    private static Task<int> RunAsync(PipelineWorld world) =>
        FakeWorker.RunAsync(world, lease => FakeOutcome.Wrote((lease.Inputs[0].Path, lease.Datum.Key.ToString())));
}
