using Braid.Gateway.Pachyderm.Tests.Doors;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Scenarios;

/// <summary>The scenarios that every Pachyderm user knows, with pipelines that run.</summary>
public sealed class PipelineGoldenTests : DoorTests
{
    private const string pps = "pps_v2.API";

    [Fact]
    public async Task Two_stages_share_one_id_and_an_update_runs_again_only_what_it_is_told_to()
    {
        await Client.CreateRepoAsync("images");
        await Server.RunJobsAsync();
        await CreateAsync(Copy("edges", "images", "/*"));
        await CreateAsync(Copy("montage", "edges", "/"));
        await Client.PutAsync(Head("images"), ("/a.png", "pixels"));
        var id = (await Client.InspectCommitAsync(Head("images"))).Commit.Id;

        var set = await SetAsync(id);
        Assert.Equal(["edges 1 + 0 / 1", "montage 1 + 0 / 1"], set);
        Assert.Equal(id, (await Client.InspectCommitAsync(Commit("montage", id))).Commit.Id);

        var update = Copy("edges", "images", "/*");
        update.Update = true;
        await CreateAsync(update);
        Assert.Equal("edges 0 + 1 / 1", await NewestAsync("edges"));

        update.Reprocess = true;
        await CreateAsync(update);
        Assert.Equal("edges 1 + 0 / 1", await NewestAsync("edges"));
        Assert.Equal("montage 0 + 1 / 1", await NewestAsync("montage"));
        Assert.Equal(3ul, (await InspectAsync("edges")).Version);
    }

    [Fact]
    public async Task Pipeline_on_an_empty_repo_has_one_job_without_datums()
    {
        await Client.CreateRepoAsync("images");
        await Server.RunJobsAsync();

        await CreateAsync(Copy("edges", "images", "/*"));

        Assert.Equal("edges 0 + 0 / 0", await NewestAsync("edges"));
        var info = await InspectAsync("edges");
        Assert.Equal((Pps.PipelineState.PipelineRunning, Pps.JobState.JobSuccess), (info.State, info.LastJobState));
    }

    [Fact]
    public async Task Input_with_a_trigger_makes_a_job_with_the_third_commit()
    {
        await Client.CreateRepoAsync("images");
        await Server.RunJobsAsync();
        var spec = Copy("edges", "images", "/*");
        spec.Input.Pfs.Trigger = new() { Commits = 3 };
        await CreateAsync(spec);

        await Client.PutAsync(Head("images"), ("/a", "1"));
        await Client.PutAsync(Head("images"), ("/b", "1"));
        var before = (await JobsAsync("edges")).Count;
        await Client.PutAsync(Head("images"), ("/c", "1"));

        Assert.Equal(before + 1, (await JobsAsync("edges")).Count);
        Assert.Equal("edges 3 + 0 / 3", await NewestAsync("edges"));
        var shown = (await InspectAsync("edges")).Details.Input.Pfs;
        Assert.Equal(("edges-trigger-1", "master"), (shown.Branch, shown.Trigger.Branch));
    }

    [Fact]
    public async Task Stopped_pipeline_makes_no_job_and_one_that_is_read_goes_by_force_only()
    {
        await Client.CreateRepoAsync("images");
        await CreateAsync(Copy("edges", "images", "/*"));
        await CreateAsync(Copy("montage", "edges", "/"));
        await SendAsync("StopPipeline", new Pps.StopPipelineRequest { Pipeline = new() { Name = "edges" } });
        var before = (await JobsAsync("edges")).Count;

        await Client.PutAsync(Head("images"), ("/a", "1"));
        var paused = await InspectAsync("edges");
        var stopped = (await JobsAsync("edges")).Count;
        await SendAsync("StartPipeline", new Pps.StartPipelineRequest { Pipeline = new() { Name = "edges" } });

        Assert.Equal(Pps.PipelineState.PipelinePaused, paused.State);
        Assert.Equal((before, before + 1), (stopped, (await JobsAsync("edges")).Count));
        var delete = new Pps.DeletePipelineRequest { Pipeline = new() { Name = "edges" } };
        var refusal = await RefusalAsync(() => SendAsync("DeletePipeline", delete));
        Assert.Contains("\"default/montage\" reads its output", refusal.Message, StringComparison.Ordinal);
        delete.Force = true;
        delete.KeepRepo = true;
        await SendAsync("DeletePipeline", delete);
        Assert.NotNull(await Client.InspectCommitAsync(Head("edges")));
    }

    private static Pps.CreatePipelineRequest Copy(string name, string repo, string glob) =>
        new()
        {
            Pipeline = new() { Name = name },
            Transform = new() { Cmd = { "sh" }, Stdin = { $"cp -r /pfs/{repo}/. /pfs/out/" } },
            Input = new()
            {
                Pfs = new() { Repo = repo, Glob = glob },
            },
        };

    private Task<Empty> CreateAsync(Pps.CreatePipelineRequest request) => SendAsync("CreatePipeline", request);

    private Task<Empty> SendAsync<T>(string name, T request)
        where T : class, Google.Protobuf.IMessage<T>, new() => Client.SendAsync<T, Empty>(pps, name, request);

    private Task<Pps.PipelineInfo> InspectAsync(string name) =>
        Client.SendAsync<Pps.InspectPipelineRequest, Pps.PipelineInfo>(
            pps,
            "InspectPipeline",
            new()
            {
                Pipeline = new() { Name = name },
                Details = true,
            }
        );

    private async Task<List<Pps.JobInfo>> JobsAsync(string pipeline) =>
        await Client
            .StreamAsync<Pps.ListJobRequest, Pps.JobInfo>(
                pps,
                "ListJob",
                new()
                {
                    Pipeline = new() { Name = pipeline },
                    History = -1,
                }
            )
            .ToListAsync();

    /// <summary>The newest job of a pipeline, once it has succeeded, with its progress.</summary>
    private async Task<string> NewestAsync(string pipeline)
    {
        var newest = (await JobsAsync(pipeline))[0].Job;
        return Progress(
            await Client.SendAsync<Pps.InspectJobRequest, Pps.JobInfo>(
                pps,
                "InspectJob",
                new() { Job = newest, Wait = true }
            )
        );
    }

    private async Task<List<string>> SetAsync(string id) =>
        await Client
            .StreamAsync<Pps.InspectJobSetRequest, Pps.JobInfo>(
                pps,
                "InspectJobSet",
                new()
                {
                    JobSet = new() { Id = id },
                    Wait = true,
                }
            )
            .Select(Progress)
            .ToListAsync();

    private static string Progress(Pps.JobInfo job)
    {
        Assert.Equal(Pps.JobState.JobSuccess, job.State);
        return $"{job.Job.Pipeline.Name} {job.DataProcessed} + {job.DataSkipped} / {job.DataTotal}";
    }
}
