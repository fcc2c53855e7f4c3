using System.Text.Json.Nodes;
using Braid.Gateway.Web.Compare;
using Braid.Gateway.Web.Tests.Versions;
using Braid.Primitives;
using Braid.Tracking.Inputs;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;

namespace Braid.Gateway.Web.Tests.Runs;

/// <summary>What runs that are compared read, and what they took.</summary>
public sealed class CompareTests
{
    private static readonly DateTimeOffset noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Commits_of_the_same_content_have_the_same_hash()
    {
        await using var repo = await VersionedRepo.MakeAsync();
        var first = await repo.PutAsync("master", ("/a", "1"));
        var other = await repo.PutAsync("master", ("/a", "2"));
        var again = await repo.PutAsync("master", ("/a", "1"));
        RunId[] runs = [await ReaderAsync(repo, first), await ReaderAsync(repo, other), await ReaderAsync(repo, again)];

        var inputs = await ComparedAsync(repo.Host, runs);

        Assert.Equal([first, other, again], inputs.Select(input => (string?)input["commit"]));
        var hashes = inputs.ConvertAll(input => (string?)input["hash"]);
        Assert.Equal(hashes[0], hashes[2]);
        Assert.NotEqual(hashes[0], hashes[1]);
        Assert.Equal((1L, 1L), ((long)inputs[0]["files"]!, (long)inputs[0]["size"]!));
    }

    [Fact]
    public async Task Of_a_commit_that_is_gone_the_id_is_told_alone()
    {
        await using var repo = await VersionedRepo.MakeAsync();
        var gone = new string('1', 12) + "4" + new string('1', 3) + "8" + new string('1', 15);
        var run = await ReaderAsync(repo, gone);

        var input = Assert.Single(await ComparedAsync(repo.Host, run));

        Assert.Equal((gone, null), ((string?)input["commit"], input["hash"]));
    }

    [Fact]
    public async Task Datasets_that_programs_name_are_compared()
    {
        await using var host = await WebHost.StartAsync();
        var run = await LoggedRuns.CreateAsync(host, "one", 0);
        DatasetInput input = new(new("digits", "c0ffee", "local", "{}"), []);
        await host.Rooms.Inputs.AddDatasetsAsync(WebHost.Internal, run, [input], default);

        var compared = await LoggedRuns.AskAsync(host, $"/api/compare?run={run}");

        var dataset = Assert.Single(compared["runs"]![0]!["datasets"]!.AsArray())!;
        Assert.Equal(("digits", "c0ffee"), ((string?)dataset["name"], (string?)dataset["digest"]));
    }

    [Fact]
    public void What_runs_still_is_counted_until_now_and_parts_of_devices_as_parts()
    {
        var run = RunId.Parse("00000000000040008000000000000001");
        var work = new Workload
        {
            Id = run,
            RunId = run,
            Name = "train",
            Share = "vision",
            Spec = new()
            {
                Kind = WorkloadKind.Train,
                Request = new() { CpuMillicores = 2000, GpuFraction = 0.5 },
            },
            Replicas =
            [
                Replica("0") with
                {
                    Started = noon,
                    Ended = noon.AddHours(1),
                    Gpus = [0],
                },
                Replica("1") with
                {
                    Started = noon.AddHours(1),
                    Gpus = [3],
                },
                Replica("2"),
            ],
        };

        var spent = Spent.Write(work, noon.AddHours(3));

        Assert.Equal((1.5, 6.0), ((double)spent["gpuHours"]!, (double)spent["cpuHours"]!));
    }

    private static Replica Replica(string name) =>
        new()
        {
            Name = name,
            Group = "worker",
            State = ReplicaState.Running,
        };

    private static async Task<RunId> ReaderAsync(VersionedRepo repo, string commit)
    {
        var run = await LoggedRuns.CreateAsync(repo.Host, "reader", 0);
        var input = new RunInput(run, "images", "default/images", "master", commit);
        await repo.Host.Rooms.Database.WriteAsync(db => repo.Host.Rooms.Inputs.AddForJobAsync(db, input), default);
        return run;
    }

    private static async Task<List<JsonNode>> ComparedAsync(WebHost host, params RunId[] runs)
    {
        var compared = await LoggedRuns.AskAsync(
            host,
            $"/api/compare?{string.Join('&', runs.Select(run => $"run={run}"))}"
        );
        return [.. compared["runs"]!.AsArray().SelectMany(run => run!["inputs"]!.AsArray()).Select(input => input!)];
    }
}
