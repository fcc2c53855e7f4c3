using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Jobs;

public sealed class EgressTests : DoorTests
{
    private const string pps = "pps_v2.API";

    [Fact]
    public async Task Output_of_a_job_is_sent_where_the_spec_says()
    {
        var job = await RunAsync(new() { ObjectStorage = new() { Url = $"file://{Server.Exposed}/sent" } });

        Assert.Equal((Pps.JobState.JobSuccess, ""), (job.State, job.Reason));
        Assert.Equal("one", await File.ReadAllTextAsync(Path.Combine(Server.Exposed, "sent", "images", "a")));
    }

    [Fact]
    public async Task Job_whose_output_cannot_be_sent_fails_and_says_why()
    {
        var job = await RunAsync(new() { URL = "file:///etc/not-exposed" });

        Assert.Equal(Pps.JobState.JobFailure, job.State);
        Assert.StartsWith("egress failed: ", job.Reason, StringComparison.Ordinal);
        Assert.Contains("/etc/not-exposed", job.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_is_sent_when_it_is_asked_for()
    {
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "one"));

        var sent = await Client.SendAsync<Pfs.EgressRequest, Pfs.EgressResponse>(
            "pfs_v2.API",
            "Egress",
            new()
            {
                Commit = Head("images"),
                ObjectStorage = new() { Url = $"file://{Server.Exposed}/asked" },
            }
        );

        Assert.Equal(3, sent.ObjectStorage.BytesWritten);
        Assert.Equal("one", await File.ReadAllTextAsync(Path.Combine(Server.Exposed, "asked", "a")));
    }

    [Fact]
    public async Task Databases_that_are_not_spoken_to_are_refused_by_name()
    {
        var refusal = await RefusalAsync(() =>
            CreateAsync(
                new()
                {
                    SqlDatabase = new()
                    {
                        Url = "mysql://u@h/d",
                        FileFormat = new() { Type = Pfs.SQLDatabaseEgress.Types.FileFormat.Types.Type.Csv },
                        Secret = new() { Name = "s", Key = "k" },
                    },
                }
            )
        );

        Assert.Equal(GrpcCode.Unimplemented, refusal.Code);
        Assert.Contains("MySQL", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<Pps.JobInfo> RunAsync(Pps.Egress egress)
    {
        Directory.CreateDirectory(Server.Exposed);
        await Server.RunJobsAsync();
        await Client.CreateRepoAsync("images");
        await Client.PutAsync(Head("images"), ("/a", "one"));
        await CreateAsync(egress);
        return await Client.SendAsync<Pps.InspectJobRequest, Pps.JobInfo>(
            pps,
            "InspectJob",
            new()
            {
                Job = new()
                {
                    Pipeline = new() { Name = "edges" },
                    Id = (await Client.InspectCommitAsync(Head("edges"))).Commit.Id,
                },
                Wait = true,
            }
        );
    }

    private Task<Empty> CreateAsync(Pps.Egress egress) =>
        Client.SendAsync<Pps.CreatePipelineRequest, Empty>(
            pps,
            "CreatePipeline",
            new()
            {
                Pipeline = new() { Name = "edges" },
                Transform = new() { Cmd = { "cp", "-r", "/pfs/images", "/pfs/out/" } },
                Input = new()
                {
                    Pfs = new() { Repo = "images", Glob = "/*" },
                },
                Egress = egress,
            }
        );
}
