using System.Text.Json.Nodes;
using Braid.Pipelines.Jobs;
using Braid.Tracking.Runs;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Jobs;

/// <summary>The golden scenarios of Pachyderm that are about pipelines, with shell commands.</summary>
public sealed class ScenarioTests
{
    private const string copy = "cp /pfs/images/* /pfs/out/";

    [Fact]
    public async Task One_file_makes_one_datum_and_commit_job_and_run_have_one_id()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", copy, "images:/*"));
        var set = await world.PutAsync("images", ("/a", "one"));

        var job = await world.EndedAsync("edges", set);

        Assert.Equal((JobState.Success, ""), (job.State, job.Reason));
        Assert.Equal(new() { Processed = 1, Total = 1 }, job.Progress);
        Assert.Equal("one", (await world.FilesAsync("edges"))["/a"]);
        Assert.Equal($"{set}", $"{job.Run}");
        var run = Ok(await world.Runs.GetAsync(Admin, job.Run, RunParts.All, default));
        Assert.Equal((RunStatus.Completed, "edges"), (run.Status, run.Name));
        var read = Assert.Single(Ok(await world.Inputs.OfRunAsync(Admin, job.Run, default)));
        Assert.Equal(("images", "default/images", $"{set}"), (read.Name, read.Repo, read.Commit));
        var listed = Ok(await world.Data.CommitSets.InspectAsync(Admin, set, default));
        Assert.Equal(
            ["default/edges", "default/edges.meta", "default/edges.spec", "default/images"],
            listed.Commits.Select(commit => $"{commit.Name.Repo}").Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Testing.Stores.All), MemberType = typeof(Testing.Stores))]
    public async Task Only_what_changed_runs_again_and_a_deleted_file_takes_its_output_along(string store)
    {
        await using var world = await StartAsync(store);
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", copy, "images:/*"));
        await world.EndedAsync("edges", await world.PutAsync("images", ("/a", "one")));

        var second = await world.EndedAsync("edges", await world.PutAsync("images", ("/b", "two")));
        var same = await world.EndedAsync("edges", await world.PutAsync("images", ("/b", "two")));
        var deleted = await world.EndedAsync("edges", await world.PutAsync("images", ("/a", null)));

        Assert.Equal(
            new()
            {
                Processed = 1,
                Skipped = 1,
                Total = 2,
            },
            second.Progress
        );
        Assert.Equal(new() { Skipped = 2, Total = 2 }, same.Progress);
        Assert.Equal(new() { Skipped = 1, Total = 1 }, deleted.Progress);
        Assert.Equal(["/b"], (await world.FilesAsync("edges")).Keys);
    }

    [Theory]
    [MemberData(nameof(Testing.Stores.All), MemberType = typeof(Testing.Stores))]
    public async Task Two_stages_share_one_id_and_their_runs_are_children_of_the_sets_run(string store)
    {
        await using var world = await StartAsync(store);
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", copy, "images:/*"));
        await world.CreateAsync(
            Spec("montage", "cat /pfs/images/* /pfs/edges/* > /pfs/out/all", "images:/", "edges:/")
        );
        await world.NewestEndedAsync("montage");

        var set = await world.PutAsync("images", ("/a", "x"));
        var montage = await world.EndedAsync("montage", set);
        var jobs = Ok(await world.Jobs.InspectSetAsync(Admin, set, true, default)).Jobs;

        Assert.Equal("xx", (await world.FilesAsync("montage"))["/all"]);
        Assert.Equal(["edges", "montage"], jobs.Select(job => job.Pipeline.Name));
        Assert.Equal(set.StepRun("default", "montage"), montage.Run);
        var run = Ok(await world.Runs.GetAsync(Admin, montage.Run, RunParts.None, default));
        Assert.Equal(set.AsRun(), run.ParentId);
        var controller = Ok(await world.Runs.GetAsync(Admin, set.AsRun(), RunParts.None, default));
        Assert.Equal(("controller", RunStatus.Completed), (controller.Type, controller.Status));
        var byRun = Ok(await world.Jobs.InspectAsync(Admin, Ref("montage"), $"{montage.Run}", false, default));
        Assert.Equal(set, byRun.Set);
        var commits = Ok(await world.Data.CommitSets.InspectAsync(Admin, set, default)).Commits;
        Assert.Equal(7, commits.Count);
    }

    [Theory]
    [MemberData(nameof(Testing.Stores.All), MemberType = typeof(Testing.Stores))]
    public async Task An_update_skips_what_is_unchanged_and_reprocess_runs_it_again(string store)
    {
        await using var world = await StartAsync(store);
        await world.CreateRepoAsync("images");
        await world.PutAsync("images", ("/a", "x"));
        var edges = Spec("edges", copy, "images:/*");
        await world.CreateAsync(edges);
        await world.CreateAsync(Spec("montage", "cat /pfs/edges/* > /pfs/out/all", "edges:/"));
        await world.NewestEndedAsync("montage");

        await world.CreateAsync(edges, update: true);
        var updated = await world.NewestEndedAsync("edges");
        var version = await world.CreateAsync(edges, update: true, reprocess: true);
        var reprocessed = await world.NewestEndedAsync("edges");
        var downstream = await world.EndedAsync("montage", reprocessed.Set);

        Assert.Equal(new() { Skipped = 1, Total = 1 }, updated.Progress);
        Assert.Equal(3, version.Version);
        Assert.Equal(new() { Processed = 1, Total = 1 }, reprocessed.Progress);
        Assert.Equal(new() { Skipped = 1, Total = 1 }, downstream.Progress);
    }

    [Fact]
    public async Task A_pipeline_on_an_empty_repo_has_one_job_without_datums()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", copy, "images:/*"));

        var job = await world.NewestEndedAsync("edges");

        Assert.Equal(JobState.Success, job.State);
        Assert.Equal(new(), job.Progress);
        Assert.Single(Ok(await world.Jobs.ListAsync(Admin, new() { Pipeline = Ref("edges") }, default)));
    }

    [Fact]
    public async Task A_stopped_job_is_killed_with_its_program()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "echo begun; sleep 1000", "images:/*"));
        var set = await world.PutAsync("images", ("/a", "x"));
        await world.BegunAsync("edges", set);

        Ok(await world.Jobs.StopAsync(Admin, Ref("edges"), $"{set}", "", default));

        var job = await world.EndedAsync("edges", set);
        Assert.Equal((JobState.Killed, "job stopped"), (job.State, job.Reason));
        await world.IdleAsync();
        var commit = (await world.CommitsAsync("edges"))[0];
        Assert.Equal("job stopped", commit.Error);
        var run = Ok(await world.Runs.GetAsync(Admin, job.Run, RunParts.None, default));
        Assert.Equal(RunStatus.Stopped, run.Status);
    }

    [Theory]
    [MemberData(nameof(Testing.Stores.All), MemberType = typeof(Testing.Stores))]
    public async Task A_stopped_pipeline_makes_no_jobs_until_it_is_started(string store)
    {
        await using var world = await StartAsync(store);
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", copy, "images:/*"));
        await world.NewestEndedAsync("edges");

        Ok(await world.Pipelines.StopAsync(Admin, Ref("edges"), default));
        await world.PutAsync("images", ("/a", "x"));
        var whileStopped = Ok(await world.Jobs.ListAsync(Admin, new() { Pipeline = Ref("edges") }, default));
        Ok(await world.Pipelines.StartAsync(Admin, Ref("edges"), default));
        var job = await world.NewestEndedAsync("edges");

        Assert.Single(whileStopped);
        Assert.Equal(new() { Processed = 1, Total = 1 }, job.Progress);
    }

    [Theory]
    [MemberData(nameof(Testing.Stores.All), MemberType = typeof(Testing.Stores))]
    public async Task A_pipeline_that_another_one_reads_is_deleted_by_force_only(string store)
    {
        await using var world = await StartAsync(store);
        await world.CreateRepoAsync("images");
        await world.PutAsync("images", ("/a", "x"));
        await world.CreateAsync(Spec("edges", copy, "images:/*"));
        await world.CreateAsync(Spec("montage", "true", "edges:/"));
        await world.NewestEndedAsync("edges");

        var refused = await world.Pipelines.DeleteAsync(Admin, Ref("edges"), false, false, default);
        Assert.Contains("default/montage", refused.Error?.Message);
        var repo = await world.Data.Repos.DeleteAsync(Admin, new("default", "edges"), true, default);
        Assert.Contains("delete the pipeline instead", repo.Error?.Message);

        Assert.True(Ok(await world.Pipelines.DeleteAsync(Admin, Ref("edges"), true, true, default)));
        Assert.Equal("x", (await world.FilesAsync("edges"))["/a"]);
        Assert.False(Ok(await world.Pipelines.DeleteAsync(Admin, Ref("edges"), false, false, default)));
        Assert.Equal([Ref("montage")], Ok(await world.Pipelines.DeleteAllAsync(Admin, [], false, false, default)));
    }

    [Theory]
    [MemberData(nameof(Testing.Stores.All), MemberType = typeof(Testing.Stores))]
    public async Task A_failing_datum_is_tried_again_then_fails_the_job_and_everything_downstream_is_unrunnable(
        string store
    )
    {
        await using var world = await StartAsync(store);
        await world.CreateRepoAsync("images");
        var failing = Spec("edges", "echo tried; exit 3", "images:/*");
        failing["datumTries"] = 2;
        await world.CreateAsync(failing);
        await world.CreateAsync(Spec("montage", "true", "edges:/"));
        var set = await world.PutAsync("images", ("/a", "x"));

        var job = await world.EndedAsync("edges", set);
        var downstream = await world.EndedAsync("montage", set);

        Assert.Equal(JobState.Failure, job.State);
        Assert.Matches("^datum [0-9a-f]{64} failed$", job.Reason);
        Assert.Equal(new() { Failed = 1, Total = 1 }, job.Progress);
        Assert.Equal(2, (await world.LogsAsync(job)).Count(line => line == "tried"));
        Assert.Equal(JobState.Unrunnable, downstream.State);
        Assert.Equal("unrunnable because the following upstream pipelines failed: edges", downstream.Reason);
    }

    [Fact]
    public async Task Two_datums_that_write_one_path_fail_the_job()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "echo same > /pfs/out/x", "images:/*"));

        var job = await world.EndedAsync("edges", await world.PutAsync("images", ("/a", "1"), ("/b", "2")));

        Assert.Equal(JobState.Failure, job.State);
        Assert.StartsWith("duplicate path output by different datums (/x", job.Reason);
    }

    [Fact]
    public async Task A_group_runs_once_for_each_value_and_is_told_it_and_only_changed_groups_run_again()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("labs");
        var spec = Spec("byperson", "cat /pfs/labs/* > /pfs/out/$PACH_DATUM_labs_GROUP_BY", "labs:/(*)-(*)");
        spec["input"] = new JsonObject
        {
            ["group"] = new JsonArray(
                new JsonObject
                {
                    ["pfs"] = new JsonObject
                    {
                        ["repo"] = "labs",
                        ["glob"] = "/(*)-(*)",
                        ["groupBy"] = "$2",
                    },
                }
            ),
        };
        await world.CreateAsync(spec);
        await world.EndedAsync(
            "byperson",
            await world.PutAsync("labs", ("/1-ann", "a"), ("/2-bob", "b"), ("/3-ann", "c"))
        );
        var first = await world.FilesAsync("byperson");

        var job = await world.EndedAsync("byperson", await world.PutAsync("labs", ("/4-bob", "d")));

        Assert.Equal(new() { ["/ann"] = "ac", ["/bob"] = "b" }, first);
        Assert.Equal(
            new()
            {
                Processed = 1,
                Skipped = 1,
                Total = 2,
            },
            job.Progress
        );
        Assert.Equal(new() { ["/ann"] = "ac", ["/bob"] = "bd" }, await world.FilesAsync("byperson"));
    }
}
