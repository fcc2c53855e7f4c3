using System.Text.Json.Nodes;
using Braid.Pipelines.Jobs;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Workers;

/// <summary>A program that stays alive and asks for one datum after the other.</summary>
public sealed class BatchingTests
{
    private const string begin = """
        echo started
        exec 3<>/dev/tcp/127.0.0.1/$PPS_WORKER_GRPC_PORT
        done=0
        next() { echo "$1" >&3; read -r id <&3 || exit 1; . /pfs/.env; }
        """;

    [Fact]
    public async Task One_program_handles_all_datums_each_with_its_own_inputs_and_output()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(
            Batching(
                "while next ''; do echo \"got $images\"; (cat $images; echo $done) > /pfs/out${images#/pfs/images}; done=$((done+1)); done"
            )
        );

        var set = await world.PutAsync("images", [.. Enumerable.Range(0, 20).Select(i => ($"/{i}", (string?)$"{i} "))]);
        var job = await world.EndedAsync("edges", set);

        Assert.Equal((JobState.Success, new() { Processed = 20, Total = 20 }), (job.State, job.Progress));
        var files = await world.FilesAsync("edges");
        Assert.Equal(20, files.Count);
        Assert.All(files, file => Assert.StartsWith(file.Key[1..] + " ", file.Value));
        Assert.Equal(Enumerable.Range(0, 20), files.Values.Select(text => int.Parse(text.Split(' ')[1], null)).Order());
        var lines = await world.LogsAsync(job);
        Assert.Single(lines, "started");
        Assert.Equal(20, lines.Count(line => line.StartsWith("got /pfs/images/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_the_program_says_of_a_datum_fails_it_after_its_tries()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(
            Batching("e=; while next \"$e\"; do e=; test $images != /pfs/images/bad || e='cannot read it'; done")
        );

        var job = await world.EndedAsync(
            "edges",
            await world.PutAsync("images", ("/a", "x"), ("/bad", "y"), ("/c", "z"))
        );

        Assert.Equal(JobState.Failure, job.State);
        Assert.Equal(
            new()
            {
                Processed = 2,
                Failed = 1,
                Total = 3,
            },
            job.Progress
        );
        var lines = await world.LogsAsync(job);
        Assert.Contains("try 3 of 3: the program said: cannot read it", lines);
        Assert.Single(lines, "started");
    }

    [Fact]
    public async Task A_program_that_ends_early_is_started_again_for_the_rest()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(
            Batching(
                "while next ''; do done=$((done+1)); test $done != 3 || exit 0; touch /pfs/out${images#/pfs/images}; done"
            )
        );

        var job = await world.EndedAsync(
            "edges",
            await world.PutAsync("images", [.. Enumerable.Range(0, 6).Select(i => ($"/{i}", (string?)"x"))])
        );

        Assert.Equal((JobState.Success, new() { Processed = 6, Total = 6 }), (job.State, job.Progress));
        Assert.Equal(6, (await world.FilesAsync("edges")).Count);
        Assert.Contains(
            await world.LogsAsync(job),
            line => line.EndsWith("exited with code 0 before it asked for the next datum", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_datum_that_takes_too_long_or_is_cancelled_is_killed_with_the_program()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        var spec = Batching("while next ''; do echo begun; test $images != /pfs/images/long || sleep 1000; done");
        spec["datumTries"] = 1;
        spec["datumTimeout"] = "600ms";
        await world.CreateAsync(spec);
        var late = await world.EndedAsync(
            "edges",
            await world.PutAsync("images", ("/a", "x"), ("/long", "y"), ("/z", "x"))
        );
        spec["datumTimeout"] = "1000s";
        await world.CreateAsync(spec, update: true);
        var cancelled = await world.NewestAsync("edges");
        await world.BegunAsync("edges", cancelled.Set);
        await Testing.Eventually.IsTrueAsync(
            () => Task.FromResult(world.Desks.Any(desk => desk.Cancel($"{cancelled.Set}", ["/long"]))),
            "the datum can be cancelled"
        );
        var ended = await world.EndedAsync("edges", cancelled.Set);

        Assert.Equal(
            new()
            {
                Processed = 2,
                Failed = 1,
                Total = 3,
            },
            late.Progress
        );
        Assert.Contains(
            await world.LogsAsync(late),
            line => line.Contains("the program ran out of time", StringComparison.Ordinal)
        );
        Assert.Equal(JobState.Failure, ended.State);
        Assert.DoesNotContain(world.Desks, desk => desk.Cancel($"{cancelled.Set}", []));
    }

    private static JsonObject Batching(string loop)
    {
        var spec = Spec("edges", $"{begin}\n{loop}", "images:/*");
        spec["transform"]!["cmd"] = new JsonArray("bash");
        spec["transform"]!["datumBatching"] = true;
        return spec;
    }
}
