namespace Braid.Cli.Tests.Workloads;

/// <summary>What programs printed, out of their run's live log.</summary>
public sealed class WorkloadLogTests : IAsyncLifetime
{
    private const string log =
        "event: changed\ndata: []\n\nevent: log\n"
        + """data: [{"time":1772366000000,"worker":"","text":"Pending: no node"},{"time":1772366000000,"worker":"train-0","text":"one"},"""
        + """{"time":1772366390000,"worker":"train-1","text":"two\n"},{"time":1772366395500,"worker":"train-0","text":"three"}]"""
        + "\n\nevent: end\ndata: []\n\n";

    private BoardFake board = null!; // set before each test

    public async Task InitializeAsync() =>
        board = (await BoardFake.StartAsync()).Answers($"GET /api/runs/{BoardFake.Id}/live", log);

    public async Task DisposeAsync() => await board.DisposeAsync();

    [Theory]
    [InlineData("logs train", "[train-0] one\n[train-1] two\n[train-0] three\n")]
    [InlineData("logs train -f", "[train-0] one\n[train-1] two\n[train-0] three\n")]
    [InlineData("training logs train --pod train-0", "one\nthree\n")]
    [InlineData("logs train --rank 1", "two\n")]
    [InlineData("training logs train --rank 0", "one\nthree\n")]
    [InlineData("runai logs train --tail 2 -p team", "[train-1] two\n[train-0] three\n")]
    [InlineData("logs train -t 1 --pod train-1", "two\n")]
    [InlineData("logs train --since 1m", "[train-1] two\n[train-0] three\n")]
    [InlineData("logs train --pod train-1 --timestamps", "2026-03-01T11:59:50.000Z two\n")]
    public async Task Only_what_the_programs_printed_is_shown(string words, string expected) =>
        Assert.Equal(expected, (await board.RunAsync(words)).Out);

    [Theory]
    [InlineData("logs train -f --tail 5", "follow=true&tail=5")]
    [InlineData("logs train", "follow=false&tail=-1")]
    public async Task Only_as_much_is_asked_for_as_is_wanted(string words, string query)
    {
        await board.RunAsync(words);
        Assert.Equal($"GET /api/runs/{BoardFake.Id}/live?{query}", board.Calls[^1]);
    }

    [Theory]
    [InlineData("--pod other", "\"other\": it has train-0, train-1")]
    [InlineData("--rank 2", "of rank 2: it has train-0 (rank 0), train-1 (rank 1)")]
    [InlineData("--pod train-0 --rank 1", "\"train-0\" and of rank 1: it has train-0 (rank 0), train-1 (rank 1)")]
    public async Task A_replica_that_there_is_not_is_told_with_those_that_there_are(string flags, string told)
    {
        var cli = await board.RunAsync($"logs train {flags}", code: 1);
        Assert.Equal($"train has no replica {told}\n", cli.Error);
    }

    [Fact]
    public async Task Of_a_part_of_a_job_only_its_own_lines_of_the_jobs_run_are_shown()
    {
        const string run = "fedcba9876543210fedcba9876543210";
        board.Answers(
            "GET /api/workloads/train",
            BoardFake
                .Recorded("workload")
                .Replace($"\"{BoardFake.Id}\",", $"\"{BoardFake.Id}\", \"run\": \"{run}\",", StringComparison.Ordinal)
        );
        board.Answers($"GET /api/runs/{run}/live", log.Replace("train-1", "other-0", StringComparison.Ordinal));
        Assert.Equal("[train-0] one\n[train-0] three\n", (await board.RunAsync("logs train")).Out);
    }
}
