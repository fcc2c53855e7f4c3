using System.Globalization;
using Braid.Gateway.Pachyderm.Tests.Doors;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Scenarios;

/// <summary>What users of Pachyderm ask about their jobs, and pipelines that run by the clock, message by message.</summary>
public sealed class LogsAndCronTests : DoorTests
{
    private const string pps = "pps_v2.API";

    [Fact]
    public async Task Logs_and_datums_of_a_job_are_shown()
    {
        await Server.RunJobsAsync();
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "x"));
        await CreateAsync(
            "edges",
            new()
            {
                Pfs = new() { Repo = "images", Glob = "/*" },
            }
        );
        var job = await EndedAsync("edges");
        var lines = await Client
            .StreamAsync<Pps.GetLogsRequest, Pps.LogMessage>(
                pps,
                "GetLogs",
                new() { Pipeline = new() { Name = "edges" } }
            )
            .ToListAsync();
        var datum = Assert.Single(
            await Client
                .StreamAsync<Pps.ListDatumRequest, Pps.DatumInfo>(pps, "ListDatum", new() { Job = job })
                .ToListAsync()
        );
        var restart = await RefusalAsync(() =>
            Client.SendAsync<Pps.RestartDatumRequest, Empty>(
                pps,
                "RestartDatum",
                new() { Job = job, DataFilters = { "/nosuch" } }
            )
        );

        Assert.Equal(["hello"], lines.Where(line => line.User).Select(line => line.Message));
        Assert.Equal(Pps.DatumState.Success, datum.State);
        Assert.Equal($"datum matching filter [/nosuch] could not be found for job ID {job.Id}", restart.Message);
    }

    [Fact]
    public async Task Cron_makes_a_job_when_it_is_run()
    {
        await Server.RunJobsAsync();
        await CreateAsync(
            "yearly",
            new()
            {
                Cron = new() { Name = "tick", Spec = "@yearly" },
            }
        );
        await EndedAsync("yearly");
        await RunCronAsync("yearly");
        var job = await EndedAsync("yearly");
        var files = await Client.ListAsync<Pfs.ListFileRequest, Pfs.FileInfo>(
            "ListFile",
            new()
            {
                File = new() { Commit = Head("yearly_tick"), Path = "/" },
            }
        );
        var info = await Client.SendAsync<Pps.InspectJobRequest, Pps.JobInfo>(
            pps,
            "InspectJob",
            new() { Job = job, Details = true }
        );
        var repo = await Client.SendAsync<Pfs.InspectRepoRequest, Pfs.RepoInfo>(
            "pfs_v2.API",
            "InspectRepo",
            new() { Repo = Repo("yearly_tick") }
        );

        var tick = Assert.Single(files).File.Path.TrimStart('/');
        Assert.True(
            DateTimeOffset.TryParseExact(
                tick,
                "yyyy-MM-ddTHH:mm:ssZ",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out _
            )
        );
        Assert.Equal(0, files[0].SizeBytes);
        Assert.Equal(1, info.DataTotal);
        Assert.Equal("yearly_tick", info.Details.Input.Cron.Repo);
        Assert.Equal("Cron tick repo for pipeline default/yearly.", repo.Description);
    }

    [Fact]
    public async Task Pipeline_without_a_cron_input_cannot_be_ticked()
    {
        await Client.CreateRepoAsync("images");
        await CreateAsync(
            "edges",
            new()
            {
                Pfs = new() { Repo = "images", Glob = "/*" },
            }
        );

        var refusal = await RefusalAsync(() => RunCronAsync("edges"));

        Assert.Matches("pipeline.*have a cron input", refusal.Message);
    }

    private Task<Empty> RunCronAsync(string pipeline) =>
        Client.SendAsync<Pps.RunCronRequest, Empty>(pps, "RunCron", new() { Pipeline = new() { Name = pipeline } });

    private Task<Empty> CreateAsync(string name, Pps.Input input) =>
        Client.SendAsync<Pps.CreatePipelineRequest, Empty>(
            pps,
            "CreatePipeline",
            new()
            {
                Pipeline = new() { Name = name },
                Transform = new() { Cmd = { "sh" }, Stdin = { "echo hello" } },
                Input = input,
            }
        );

    /// <summary>The newest job of a pipeline, once it has ended well.</summary>
    private async Task<Pps.Job> EndedAsync(string pipeline)
    {
        var job = new Pps.Job
        {
            Pipeline = new() { Name = pipeline },
            Id = (await Client.InspectCommitAsync(Head(pipeline))).Commit.Id,
        };
        var info = await Client.SendAsync<Pps.InspectJobRequest, Pps.JobInfo>(
            pps,
            "InspectJob",
            new() { Job = job, Wait = true }
        );
        Assert.Equal(Pps.JobState.JobSuccess, info.State);
        return job;
    }
}
