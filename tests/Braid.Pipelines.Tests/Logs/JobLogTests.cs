using Braid.Pipelines.Logs;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Logs;

public sealed class JobLogTests
{
    [Theory]
    [MemberData(nameof(Testing.Stores.All), MemberType = typeof(Testing.Stores))]
    public async Task Server_says_what_it_decided_and_why(string store)
    {
        await using var world = await StartAsync(store);
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "echo mine", "images:/*"));
        await world.EndedAsync("edges", await world.PutAsync("images", ("/a", "x")));
        var set = await world.PutAsync("images", ("/b", "y"));
        var job = await world.EndedAsync("edges", set);

        var decisions = await world.LogsAsync(job, master: true);
        var others = await world.LogsAsync(job);

        Assert.Equal(
            [
                $"made for version 1 of the pipeline; reads default/images@{set}",
                "planned 2 datums: 1 to run, 1 skipped because nothing of them changed",
                "ended: success",
            ],
            decisions
        );
        Assert.Contains("mine", others);
        Assert.Empty(others.Intersect(decisions));
    }

    [Fact]
    public async Task Job_that_waits_says_for_what()
    {
        await using var world = await OpenAsync();
        await world.CreateRepoAsync("images");
        await world.PutAsync("images", ("/a", "x"));
        await world.CreateAsync(Spec("edges", "true", "images:/*"));
        await world.CreateAsync(Spec("montage", "true", "edges:/"));
        var jobs = Ok(await world.Jobs.ListAsync(Admin, new() { Pipeline = Ref("montage") }, default));

        // Nobody runs edges, so its output stays open.
        await world.Host.NewJobLoop().StepAsync(default);

        var waits = Assert.Single(await world.LogsAsync(jobs[0], master: true), line => line.StartsWith("waits"));
        Assert.StartsWith("waits until these commits are finished: default/edges@", waits);
    }

    [Fact]
    public async Task Logs_of_a_pipeline_are_there_after_a_restart_and_without_workers()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "echo kept", "images:/*"));
        var set = await world.PutAsync("images", ("/a", "x"));
        await world.EndedAsync("edges", set);
        await world.Host.DisposeAsync();
        world.Reopen();

        var lines = Ok(await world.Host.Logs.ReadAsync(Admin, new() { Pipeline = Ref("edges") }, default));

        Assert.Contains("kept", await lines.Select(line => line.Message).ToListAsync());
    }

    [Fact]
    public async Task Following_a_pipeline_tells_the_lines_of_each_job_as_it_comes()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "echo begun; cat /pfs/images/*", "images:/*"));
        var first = await world.PutAsync("images", ("/a", "first\n"));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var filter = new LogFilter { Pipeline = Ref("edges"), Follow = true };
        var seen = new List<string>();

        await foreach (var line in Ok(await world.Host.Logs.ReadAsync(Admin, filter, limit.Token)))
        {
            seen.Add(line.Message);
            if (line.Message == "first")
            {
                await world.PutAsync("images", ("/a", null), ("/b", "second\n"));
            }

            if (line.Message == "second")
            {
                break;
            }
        }

        Assert.Equal(["first", "second"], seen.Where(line => line is "first" or "second"));
        Ok(await world.Pipelines.DeleteAsync(Admin, Ref("edges"), true, false, default));
        Assert.NotEqual(default, first);
    }

    [Fact]
    public async Task Search_looks_over_pipelines_in_the_order_of_times()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "echo edges needle; echo hay; cp /pfs/images/* /pfs/out", "images:/*"));
        await world.CreateAsync(Spec("montage", "echo montage needle; echo needle >&2", "edges:/"));
        var set = await world.PutAsync("images", ("/a", "x"));
        await world.EndedAsync("montage", set);

        var all = await SearchAsync(
            world,
            new()
            {
                Project = "default",
                Job = $"{set}",
                Pattern = Needle,
            }
        );
        var backward = await SearchAsync(
            world,
            new()
            {
                Job = $"{set}",
                Pattern = Needle,
                Backward = true,
            }
        );
        var errors = await SearchAsync(
            world,
            new()
            {
                Pipeline = Ref("montage"),
                Job = $"{set}",
                ErrorsOnly = true,
            }
        );
        var others = await SearchAsync(
            world,
            new()
            {
                Pipeline = Ref("edges"),
                Job = $"{set}",
                Pattern = Needle,
                Negate = true,
            }
        );

        Assert.Equal(["edges needle", "montage needle", "needle"], all.Order());
        Assert.Equal("edges needle", all[0]);
        Assert.Equal("edges needle", backward[^1]);
        Assert.Equal(["needle"], errors);
        Assert.Contains("hay", others);
        Assert.DoesNotContain("edges needle", others);
        Assert.Empty(await SearchAsync(world, new() { Project = "other" }));
    }

    private static LogPattern Needle => LogPattern.Parse("ne+dle").Value;

    private static async Task<List<string>> SearchAsync(PipelineWorld world, JobLogSearch search) =>
        await Ok(await world.Host.Logs.SearchAsync(Admin, search, default)).Select(line => line.Message).ToListAsync();
}
