using System.Collections.Concurrent;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Workers;
using Braid.Storage.Trees;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Workers;

/// <summary>What datums ask of the database and of the machine, counted: seconds would tell of the machine.</summary>
public sealed class DatumCostTests
{
    /// <summary>A little more than taking, looking after and recording some datums took when this was written.</summary>
    private const int most = 24;

    [Theory]
    [MemberData(nameof(Testing.Stores.All), MemberType = typeof(Testing.Stores))]
    public async Task Datums_are_taken_and_recorded_by_as_many_statements_however_many_there_are(string store)
    {
        await using var world = await OpenAsync(store);
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "true", "images:/*"));
        await world.PutAsync("images", [.. Enumerable.Range(0, 100).Select(i => ($"/{i:D3}", (string?)$"{i}"))]);
        await world.Host.Leases.TakeOverAsync(default);
        await world.StepJobsAsync();

        var (few, fewStatements) = await StatementsAsync(world, 2);
        var (many, manyStatements) = await StatementsAsync(world, 40);

        Assert.Equal((2, 40), (few, many));
        Assert.Equal(fewStatements, manyStatements);
        Assert.InRange(manyStatements.Length, 1, most);
    }

    [Fact]
    public async Task Datums_of_a_batch_come_in_the_order_in_which_their_inputs_lie()
    {
        await using var world = await OpenAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "true", "images:/*"));
        await world.PutAsync("images", [.. Enumerable.Range(0, 20).Select(i => ($"/{i:D2}", (string?)$"{i}"))]);
        await world.Host.Leases.TakeOverAsync(default);
        await world.StepJobsAsync();

        var paths = (await world.Host.Leases.TakeAsync("a", 20, default))
            .Select(lease => lease.Inputs[0].Path)
            .ToList();

        Assert.Equal(paths.Order(StringComparer.Ordinal), paths);
    }

    [Fact]
    public async Task All_datums_of_a_worker_run_in_one_sandbox()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "readlink /proc/self/ns/pid > /pfs/out/${images##*/}", "images:/*"));

        var set = await world.PutAsync("images", [.. Enumerable.Range(0, 40).Select(i => ($"/{i}", (string?)$"{i}"))]);
        await world.EndedAsync("edges", set);

        var sandboxes = (await world.FilesAsync("edges")).Values.Distinct(StringComparer.Ordinal);
        Assert.InRange(sandboxes.Count(), 1, 2);
    }

    /// <summary>The texts of the statements that take some datums and record that they went well.</summary>
    private static async Task<(int Datums, string[] Statements)> StatementsAsync(PipelineWorld world, int datums)
    {
        var statements = new ConcurrentQueue<string>();
        world.Database.Watch = statements.Enqueue;
        var leases = await world.Host.Leases.TakeAsync("a", datums, default);
        Assert.Equal(leases.Count, (await world.Host.Leases.HeldAsync(leases, default)).Count);
        var outcome = new DatumOutcome(DatumState.Success, TreeRoot.Empty, new());
        var recorded = await world.Host.Leases.CompleteAsync([.. leases.Select(lease => (lease, outcome))], default);
        world.Database.Watch = null;
        Assert.Equal(leases, recorded);
        return (leases.Count, [.. statements]);
    }
}
