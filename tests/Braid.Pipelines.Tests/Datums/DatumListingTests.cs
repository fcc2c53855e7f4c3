using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using Braid.Primitives;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Datums;

/// <summary>Datums of a job, in its tree and in rows.</summary>
public sealed class DatumListingTests
{
    private const int files = 300;

    [Theory]
    [MemberData(nameof(Testing.Stores.All), MemberType = typeof(Testing.Stores))]
    public async Task Listing_is_the_same_while_a_job_runs_and_after_it_ended_and_pages_fit_together(string store)
    {
        await using var world = await OpenAsync(store);
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "true", "images:/*"));
        await world.StepJobsAsync();
        await world.PutAsync("images", [.. Enumerable.Range(0, files).Select(n => ($"/{n:D4}", (string?)$"{n}"))]);
        await FakeWorker.RunAsync(world, _ => FakeOutcome.Nothing(DatumState.Success));
        await world.PutAsync(
            "images",
            [.. Enumerable.Range(0, files / 2).Select(n => ($"/{n * 2:D4}", (string?)"new"))]
        );

        await FakeWorker.RunAsync(world, _ => FakeOutcome.Nothing(DatumState.Success), most: 100);
        var running = await NewestAsync(world);
        var before = await world.DatumsAsync(running);
        await CheckPagesAsync(world, running, before);
        await FakeWorker.RunAsync(world, _ => FakeOutcome.Nothing(DatumState.Success));
        var ended = await NewestAsync(world);
        var after = await world.DatumsAsync(ended);

        Assert.Equal((JobState.Running, JobState.Success), (running.State, ended.State));
        Assert.Equal(files, before.Count);
        Assert.Equal(before.Select(datum => datum.Id), after.Select(datum => datum.Id));
        Assert.Equal(before.Select(datum => datum.Id).Order(StringComparer.Ordinal), before.Select(datum => datum.Id));
        Assert.Equal(files / 2, before.Count(datum => datum.State == DatumState.Skipped));
        Assert.Equal(100, before.Count(datum => datum.State == DatumState.Success));
        Assert.Equal(files / 2, after.Count(datum => datum.State == DatumState.Success));
        await CheckPagesAsync(world, ended, after);
    }

    [Fact]
    public async Task One_datum_is_found_in_the_tree_and_in_the_rows()
    {
        await using var world = await OpenAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "true", "images:/*"));
        await world.PutAsync("images", ("/a", "1"), ("/b", "1"));
        await FakeWorker.RunAsync(world, _ => FakeOutcome.Nothing(DatumState.Success));
        await world.PutAsync("images", ("/b", "2"));
        await world.StepJobsAsync();
        var job = await NewestAsync(world);

        foreach (var datum in await world.DatumsAsync(job))
        {
            var found = Ok(await world.Host.Datums.InspectAsync(Admin, Ref("edges"), $"{job.Set}", datum.Id, default));
            Assert.Equal((datum.Id, datum.State, datum.Reason), (found.Id, found.State, found.Reason));
        }
    }

    [Fact]
    public async Task A_datum_that_was_taken_over_can_be_restarted_while_the_job_runs()
    {
        await using var world = await OpenAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "true", "images:/*"));
        await world.PutAsync("images", ("/a", "1"));
        await FakeWorker.RunAsync(world, _ => FakeOutcome.Wrote(("/x", "before")));
        await world.PutAsync("images", ("/b", "2"));
        await world.StepJobsAsync();
        var job = await NewestAsync(world);

        Ok(await world.Host.Datums.RestartAsync(Admin, Ref("edges"), $"{job.Set}", ["/a"], default));
        var ran = await FakeWorker.RunAsync(world, lease => FakeOutcome.Wrote(($"{lease.Inputs[0].Path}x", "after")));

        Assert.Equal(2, ran);
        var ended = await NewestAsync(world);
        Assert.Equal(new() { Processed = 2, Total = 2 }, ended.Progress);
        Assert.Equal(["/ax", "/bx"], (await world.FilesAsync("edges")).Keys.Order());
        var restarted = (await world.DatumsAsync(ended)).Single(datum => datum.Inputs[0].Path == "/a");
        Assert.Equal((DatumState.Success, "restarted"), (restarted.State, restarted.Reason));
        var late = await world.Host.Datums.RestartAsync(Admin, Ref("edges"), $"{job.Set}", ["/a"], default);
        Assert.Equal(ErrorKind.FailedPrecondition, late.Error?.Kind);
    }

    private static async Task CheckPagesAsync(PipelineWorld world, Job job, List<Datum> all)
    {
        var from = Sha256Hash.Parse(all[270].Id);
        var forward = await world.DatumsAsync(job, new() { After = from });
        var backward = await world.DatumsAsync(job, new() { After = from, Backwards = true });
        var processed = await world.DatumsAsync(job, new() { States = [DatumState.Success] });

        Assert.Equal(all.Skip(271).Select(datum => datum.Id), forward.Select(datum => datum.Id));
        Assert.Equal(all.Take(270).Reverse().Select(datum => datum.Id), backward.Select(datum => datum.Id));
        Assert.Equal(
            all.Where(datum => datum.State == DatumState.Success).Select(datum => datum.Id),
            processed.Select(datum => datum.Id)
        );
    }

    private static async Task<Job> NewestAsync(PipelineWorld world) =>
        Ok(await world.Jobs.ListAsync(Admin, new() { Pipeline = Ref("edges") }, default))[0];
}
