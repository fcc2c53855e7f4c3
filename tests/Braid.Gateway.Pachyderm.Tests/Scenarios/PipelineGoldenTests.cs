using Braid.Gateway.Pachyderm.Tests.Doors;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;
using static Braid.Gateway.Pachyderm.Tests.Doors.PipelineWords;

namespace Braid.Gateway.Pachyderm.Tests.Scenarios;

/// <summary>The scenarios that every Pachyderm user knows, with pipelines that run: from the first pipeline to stopping one.</summary>
public sealed class PipelineGoldenTests : DoorTests
{
    [Fact]
    public async Task First_pipeline_makes_job_commit_and_set_with_one_id()
    {
        await Server.RunJobsAsync();
        await Client.CreateRepoAsync("images");
        await Client.CreatePipelineAsync(Copy("edges", "images", "/*"));
        await Client.PutAsync(Head("images"), ("/a.png", "pixels"));
        var id = (await Client.InspectCommitAsync(Head("images"))).Commit.Id;

        var job = Assert.Single(await Client.JobSetAsync(id));
        var commits = await CommitsAsync(id);

        Assert.Equal("edges 1 + 0 / 1 success", job.Progress());
        Assert.Equal(["/a.png pixels"], await Client.FilesAsync("edges"));
        Assert.Equal((id, id), (job.Job.Id, job.OutputCommit.Id));
        Assert.Equal(
            ["edges.meta", "edges.spec (older)", "edges.user", "images.user"],
            commits
                .Select(c => $"{c.Commit.Repo.Name}.{c.Commit.Repo.Type}{(c.Commit.Id == id ? "" : " (older)")}")
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Incremental_jobs_run_what_is_new_and_a_deleted_file_takes_its_output_along()
    {
        await Server.RunJobsAsync();
        await Client.CreateRepoAsync("images");
        await Client.CreatePipelineAsync(Copy("edges", "images", "/*"));
        await Client.PutAsync(Head("images"), ("/a", "one"));
        var first = await NewestAsync("edges");
        await Client.PutAsync(Head("images"), ("/b", "two"));
        var second = await NewestAsync("edges");
        await Client.PutAsync(Head("images"), ("/b", "two"));
        var same = await NewestAsync("edges");
        await Client.ModifyAsync(new() { SetCommit = Head("images") }, new() { DeleteFile = new() { Path = "/a" } });
        var deleted = await NewestAsync("edges");

        Assert.Equal(
            ["1 + 0 / 1", "1 + 1 / 2", "0 + 2 / 2", "0 + 1 / 1"],
            ((string[])[first, second, same, deleted]).Select(p => p.Replace("edges ", "").Replace(" success", ""))
        );
        Assert.Equal(["/b two"], await Client.FilesAsync("edges"));
    }

    [Fact]
    public async Task Two_stages_share_one_id_and_an_update_runs_again_only_what_it_is_told_to()
    {
        await Client.CreateRepoAsync("images");
        await Server.RunJobsAsync();
        await Client.CreatePipelineAsync(Copy("edges", "images", "/*"));
        await Client.CreatePipelineAsync(
            Shell("montage", "cat /pfs/*/* > /pfs/out/all", Cross(Read("images", "/"), Read("edges", "/")))
        );
        await Client.PutAsync(Head("images"), ("/a.png", "pixels"));
        var id = (await Client.InspectCommitAsync(Head("images"))).Commit.Id;

        var set = await Client.JobSetAsync(id);
        Assert.Equal(["edges 1 + 0 / 1 success", "montage 1 + 0 / 1 success"], set.Select(job => job.Progress()));
        Assert.Equal(id, (await Client.InspectCommitAsync(Commit("montage", id))).Commit.Id);
        Assert.Equal(7, (await CommitsAsync(id)).Count);

        var update = Copy("edges", "images", "/*");
        update.Update = true;
        await Client.CreatePipelineAsync(update);
        Assert.Equal("edges 0 + 1 / 1 success", await NewestAsync("edges"));

        update.Reprocess = true;
        await Client.CreatePipelineAsync(update);
        Assert.Equal("edges 1 + 0 / 1 success", await NewestAsync("edges"));
        Assert.Equal("montage 0 + 1 / 1 success", await NewestAsync("montage"));
        Assert.Equal(3ul, (await Client.InspectPipelineAsync("edges")).Version);
    }

    [Theory]
    [InlineData("/*")]
    [InlineData("/")]
    public async Task Pipeline_on_an_empty_repo_has_one_job_without_datums(string glob)
    {
        await Client.CreateRepoAsync("images");
        await Server.RunJobsAsync();

        await Client.CreatePipelineAsync(Copy("edges", "images", glob));

        Assert.Equal("edges 0 + 0 / 0 success", await NewestAsync("edges"));
        Assert.Single(await Client.JobsAsync("edges"));
        var info = await Client.InspectPipelineAsync("edges");
        Assert.Equal((Pps.PipelineState.PipelineRunning, Pps.JobState.JobSuccess), (info.State, info.LastJobState));
    }

    [Fact]
    public async Task Deferred_processing_runs_what_is_downstream_when_the_branch_is_moved()
    {
        await Server.RunJobsAsync();
        await Client.CreateRepoAsync("images");
        var edges = Copy("edges", "images", "/*");
        edges.OutputBranch = "dev";
        await Client.CreatePipelineAsync(edges);
        await Client.CreatePipelineAsync(Copy("montage", "edges", "/"));
        await Client.NewestEndedAsync("montage");
        var before = (await Client.JobsAsync("montage")).Count;

        await Client.PutAsync(Head("images"), ("/a", "one"));
        await Client.NewestEndedAsync("edges");
        var deferred = (await Client.JobsAsync("montage")).Count;
        await Client.DoAsync(
            "CreateBranch",
            new Pfs.CreateBranchRequest
            {
                Branch = Branch("edges", "master"),
                Head = Head("edges", "dev"),
                NewCommitSet = true,
            }
        );
        var moved = (await Client.JobsAsync("montage"))[0];

        Assert.Equal(before, deferred);
        Assert.Equal(["montage 1 + 0 / 1 success"], (await Client.JobSetAsync(moved.Job.Id)).Select(j => j.Progress()));
        Assert.Equal(["/a one"], await Client.FilesAsync("montage"));
    }

    [Fact]
    public async Task Input_with_a_trigger_makes_a_job_with_the_third_commit()
    {
        await Client.CreateRepoAsync("images");
        await Server.RunJobsAsync();
        var spec = Copy("edges", "images", "/*");
        spec.Input.Pfs.Trigger = new() { Commits = 3 };
        await Client.CreatePipelineAsync(spec);

        await Client.PutAsync(Head("images"), ("/a", "1"));
        await Client.PutAsync(Head("images"), ("/b", "1"));
        var before = (await Client.JobsAsync("edges")).Count;
        await Client.PutAsync(Head("images"), ("/c", "1"));

        Assert.Equal(before + 1, (await Client.JobsAsync("edges")).Count);
        Assert.Equal("edges 3 + 0 / 3 success", await NewestAsync("edges"));
        var shown = (await Client.InspectPipelineAsync("edges")).Details.Input.Pfs;
        Assert.Equal(("edges-trigger-1", "master"), (shown.Branch, shown.Trigger.Branch));
    }

    [Fact]
    public async Task Job_that_is_stopped_is_killed_and_says_so()
    {
        await Server.RunJobsAsync();
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "1"));
        await Client.CreatePipelineAsync(Shell("slow", "echo begun; sleep 600", Read("images", "/*")));
        await Client.FollowAsync("slow").FirstAsync(line => line == "begun");
        var running = await Client.InspectJobAsync((await Client.JobsAsync("slow"))[0].Job);

        await Client.WorkAsync("StopJob", new Pps.StopJobRequest { Job = running.Job });
        var killed = await Client.InspectJobAsync(running.Job, wait: true);

        Assert.Equal((Pps.JobState.JobKilled, "job stopped"), (killed.State, killed.Reason));
        var worker = Assert.Single(running.Details.WorkerStatus);
        Assert.Equal((running.Job.Id, "/a"), (worker.JobId, Assert.Single(worker.DatumStatus.Data).Path));
        Assert.NotNull(worker.DatumStatus.Started);
        Assert.Empty(killed.Details.WorkerStatus);
    }

    [Fact]
    public async Task Stopped_pipeline_makes_no_job_and_one_that_is_read_goes_by_force_only()
    {
        await Client.CreateRepoAsync("images");
        await Client.CreatePipelineAsync(Copy("edges", "images", "/*"));
        await Client.CreatePipelineAsync(Copy("montage", "edges", "/"));
        await Client.WorkAsync("StopPipeline", new Pps.StopPipelineRequest { Pipeline = new() { Name = "edges" } });
        var before = (await Client.JobsAsync("edges")).Count;

        await Client.PutAsync(Head("images"), ("/a", "1"));
        var paused = await Client.InspectPipelineAsync("edges");
        var stopped = (await Client.JobsAsync("edges")).Count;
        await Client.WorkAsync("StartPipeline", new Pps.StartPipelineRequest { Pipeline = new() { Name = "edges" } });

        Assert.Equal(Pps.PipelineState.PipelinePaused, paused.State);
        Assert.Equal((before, before + 1), (stopped, (await Client.JobsAsync("edges")).Count));
        var delete = new Pps.DeletePipelineRequest { Pipeline = new() { Name = "edges" } };
        var refusal = await RefusalAsync(() => Client.WorkAsync("DeletePipeline", delete));
        Assert.Contains("\"default/montage\" reads its output", refusal.Message, StringComparison.Ordinal);
        delete.Force = true;
        delete.KeepRepo = true;
        await Client.WorkAsync("DeletePipeline", delete);
        Assert.NotNull(await Client.InspectCommitAsync(Head("edges")));
    }

    /// <summary>The newest job of a pipeline, once it has ended, with its progress.</summary>
    private async Task<string> NewestAsync(string pipeline) => (await Client.NewestEndedAsync(pipeline)).Progress();

    private Task<List<Pfs.CommitInfo>> CommitsAsync(string id) =>
        Client.ListAsync<Pfs.InspectCommitSetRequest, Pfs.CommitInfo>(
            "InspectCommitSet",
            new() { CommitSet = new() { Id = id } }
        );
}
