using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Jobs;

public sealed class OutputMergeTests
{
    [Theory]
    [InlineData("/same", "/same")]
    [InlineData("/d/same", "/d/same")]
    [InlineData("/d", "/d/below")]
    [InlineData("/d/below", "/d")]
    public async Task A_path_of_a_datum_that_was_taken_over_cannot_be_written_by_another(string first, string second)
    {
        await using var world = await WorldAsync();
        await world.PutAsync("images", ("/a", "1"));
        await FakeWorker.RunAsync(world, _ => FakeOutcome.Wrote((first, "x")));
        var taken = (await world.DatumsAsync(await NewestAsync(world))).Single();
        await world.PutAsync("images", ("/b", "2"));
        await FakeWorker.RunAsync(world, _ => FakeOutcome.Wrote((second, "x"), ("/else/y", "y")));

        var job = await NewestAsync(world);

        Assert.Equal(JobState.Failure, job.State);
        Assert.StartsWith("duplicate path output by different datums (/", job.Reason, StringComparison.Ordinal);
        Assert.All(
            [taken, (await world.DatumsAsync(job)).Single(datum => datum.State == DatumState.Success)],
            datum => Assert.Contains(datum.Id, job.Reason, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("/same", "/same")]
    [InlineData("/d", "/d/below")]
    public async Task A_path_cannot_be_written_by_two_datums_of_one_job(string first, string second)
    {
        await using var world = await WorldAsync();
        await world.PutAsync("images", ("/a", "1"), ("/b", "2"));
        await FakeWorker.RunAsync(
            world,
            lease => FakeOutcome.Wrote((lease.Inputs[0].Path == "/a" ? first : second, "x"))
        );

        var job = await NewestAsync(world);

        Assert.StartsWith("duplicate path output by different datums (/", job.Reason, StringComparison.Ordinal);
        Assert.All(
            await world.DatumsAsync(job),
            datum => Assert.Contains(datum.Id, job.Reason, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_path_cannot_be_written_by_two_of_very_many_datums()
    {
        await using var world = await WorldAsync();
        await world.PutAsync("images", [.. Enumerable.Range(0, 150).Select(n => ($"/{n}", (string?)$"{n}"))]);
        var ids = new List<string>();
        await FakeWorker.RunAsync(
            world,
            lease =>
            {
                // They are leased in the order of their ids, which is that of putting together.
                ids.Add($"{lease.Datum.Id}");
                return FakeOutcome.Wrote((ids.Count is 1 or 150 ? "/same" : lease.Inputs[0].Path, "x"));
            }
        );

        var job = await NewestAsync(world);

        Assert.Equal(JobState.Failure, job.State);
        Assert.All([ids[0], ids[^1]], id => Assert.Contains(id, job.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_changed_datum_no_longer_writes_is_gone_and_its_neighbours_stay()
    {
        await using var world = await WorldAsync();
        await world.PutAsync("images", ("/a", "1"), ("/b", "1"), ("/c", "1"));
        await FakeWorker.RunAsync(
            world,
            lease => FakeOutcome.Wrote(($"/d{lease.Inputs[0].Path}", "old"), ($"/all{lease.Inputs[0].Path}1", ""))
        );
        await world.PutAsync("images", ("/a", "2"), ("/c", null));
        await FakeWorker.RunAsync(world, _ => FakeOutcome.Wrote(("/all/a2", "new")));

        Assert.Equal(["/all/a2", "/all/b1", "/d/b"], (await world.FilesAsync("edges")).Keys.Order());
    }

    [Fact]
    public async Task Datums_may_swap_their_paths()
    {
        await using var world = await WorldAsync();
        await world.PutAsync("images", ("/a", "1"), ("/b", "2"));
        await FakeWorker.RunAsync(world, lease => FakeOutcome.Wrote((lease.Inputs[0].Path, "first")));
        await world.PutAsync("images", ("/a", "2"), ("/b", "1"));
        await FakeWorker.RunAsync(
            world,
            lease => FakeOutcome.Wrote((lease.Inputs[0].Path == "/a" ? "/b" : "/a", "second"))
        );

        Assert.Equal(JobState.Success, (await NewestAsync(world)).State);
        Assert.All((await world.FilesAsync("edges")).Values, text => Assert.Equal("second", text));
    }

    private static async Task<PipelineWorld> WorldAsync()
    {
        var world = await OpenAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "true", "images:/*"));
        await world.StepJobsAsync();
        return world;
    }

    private static async Task<Job> NewestAsync(PipelineWorld world) =>
        Ok(await world.Jobs.ListAsync(Admin, new() { Pipeline = Ref("edges") }, default))[0];
}
