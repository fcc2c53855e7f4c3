using Braid.Pipelines.Jobs;
using Braid.Pipelines.Workers;
using Braid.Storage.Trees;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Jobs;

/// <summary>A server that is killed while a datum runs.</summary>
public sealed class CrashTests
{
    [Theory]
    [MemberData(nameof(Testing.Stores.All), MemberType = typeof(Testing.Stores))]
    public async Task The_datum_of_a_dead_server_runs_again_and_what_the_dead_one_still_writes_is_refused(string store)
    {
        await using var world = await OpenAsync(store);
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "cp /pfs/images/* /pfs/out/", "images:/*"));
        var set = await world.PutAsync("images", ("/a", "x"));
        var lease = await LeaseAsync(world);
        var dead = world.Host.Leases;
        var joined = Ok(
            await world.Runs.CreateAsync(lease.Caller, new() { Protocol = "mlflow", Name = "training" }, default)
        );
        Point[] points = [new("loss", "loss", 1, 1000, 0.5)];
        Ok(await world.Runs.LogAsync(lease.Caller, joined.Id, new(), points, default));

        world.Reopen();
        await world.StartLoopsAsync();
        var job = await world.EndedAsync("edges", set);
        var outcome = new DatumOutcome(Pipelines.Datums.DatumState.Success, TreeRoot.Empty, new());
        var late = await dead.CompleteAsync([(lease, outcome)], default);

        Assert.Equal((JobState.Success, 1L), (job.State, job.Restarts));
        Assert.Equal(new() { Processed = 1, Total = 1 }, job.Progress);
        Assert.Equal(job.Run, joined.Id);
        Assert.Empty(Ok(await world.Runs.GetAsync(Admin, job.Run, RunParts.Metrics, default)).Metrics);
        Assert.Empty(late);
        Assert.False((await world.Authenticator.FromKeyAsync(lease.Keys, default)).IsOk);
        Assert.Empty(await dead.TakeAsync("ghost", 1, default));
        Assert.Equal("x", (await world.FilesAsync("edges"))["/a"]);
    }

    [Theory]
    [MemberData(nameof(Testing.Stores.All), MemberType = typeof(Testing.Stores))]
    public async Task A_job_that_two_servers_bring_to_its_end_ends_once(string store)
    {
        await using var world = await OpenAsync(store);
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "true", "images:/*"));
        var set = await world.PutAsync("images", ("/a", "x"));
        var lease = await LeaseAsync(world);
        var outcome = new DatumOutcome(Pipelines.Datums.DatumState.Success, TreeRoot.Empty, new());
        Assert.Single(await world.Host.Leases.CompleteAsync([(lease, outcome)], default));
        Assert.Equal(JobState.Finishing, (await world.NewestAsync("edges")).State);

        var one = world.StepJobsAsync();
        world.Reopen();
        await Task.WhenAll(one, world.StepJobsAsync());

        var job = await world.EndedAsync("edges", set);
        Assert.Equal((JobState.Success, 1L), (job.State, job.Progress.Processed));
        Assert.Equal("/a", Assert.Single(await world.DatumsAsync(job)).Inputs[0].Path);
        Assert.Single(
            await world.LogsAsync(job, master: true),
            line => line.StartsWith("ended", StringComparison.Ordinal)
        );
        Assert.Equal(0, await world.ReadAsync(db => db.ScalarAsync<long>("SELECT COUNT(*) FROM datum")));
    }

    [Fact]
    public async Task A_server_that_goes_down_gives_its_datums_back()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "test -e /pfs/images/go && exit 0; echo begun; sleep 1000", "images:/*"));
        var set = await world.PutAsync("images", ("/a", "x"));
        await world.BegunAsync("edges", set);

        await world.Host.DisposeAsync();

        var job = Ok(await world.Jobs.InspectAsync(Admin, Ref("edges"), $"{set}", false, default));
        Assert.Equal((JobState.Running, 1L), (job.State, job.Restarts));
        Assert.Equal(new() { Total = 1 }, job.Progress);
    }

    /// <summary>Brings the jobs to where a worker may take a datum, and takes it, without any loop.</summary>
    private static async Task<DatumLease> LeaseAsync(PipelineWorld world)
    {
        await world.Host.Leases.TakeOverAsync(default);
        await world.StepJobsAsync();
        return Assert.Single(await world.Host.Leases.TakeAsync("doomed", 1, default));
    }
}
