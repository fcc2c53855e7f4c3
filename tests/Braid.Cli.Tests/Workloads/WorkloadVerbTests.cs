using Braid.Testing;

namespace Braid.Cli.Tests.Workloads;

/// <summary>Run:ai's words: what they ask the server, and how they show its answers.</summary>
public sealed class WorkloadVerbTests : IAsyncLifetime
{
    private BoardFake board = null!; // set before each test

    public async Task InitializeAsync() => board = await BoardFake.StartAsync();

    public async Task DisposeAsync() => await board.DisposeAsync();

    [Theory]
    [InlineData("list -A", "list-workloads")]
    [InlineData("list --yaml --status Preempted", "list-workloads-yaml")]
    [InlineData("describe job train", "describe-workload")]
    [InlineData("list nodes", "list-nodes")]
    [InlineData("nodepool list", "list-nodepools")]
    [InlineData("project list", "list-shares")]
    [InlineData("explain train", "explain-workload")]
    [InlineData("whatif --quota team=8 --quota lab=-1", "whatif")]
    [InlineData("whatif --since 24h --quota team=8", "whatif-since")]
    [InlineData("runai list projects", "runai-list-projects")]
    public async Task Answers_are_shown_as_Run_ai_shows_them(string words, string golden)
    {
        var cli = await board.RunAsync(words);
        Golden.Match($"tests/Braid.Cli.Tests/Golden/tables/{golden}.txt", cli.Out);
    }

    [Theory]
    [InlineData(
        "list",
        "GET /api/workloads?state=pending,running,suspended,succeeded,failed&kind=&limit=10000&offset=0&project=default"
    )]
    [InlineData(
        "runai list jobs -p a",
        "GET /api/workloads?state=pending,running,suspended,succeeded,failed&kind=&limit=10000&offset=0&project=a"
    )]
    [InlineData(
        "training list -A --limit 5 --offset 2",
        "GET /api/workloads?state=pending,running,suspended,succeeded,failed&kind=train,training_job&limit=5&offset=2"
    )]
    [InlineData(
        "workspace list --all-projects",
        "GET /api/workloads?state=pending,running,suspended,succeeded,failed&kind=interactive&limit=10000&offset=0"
    )]
    [InlineData(
        "workload list -A --type Inference --status deleted",
        "GET /api/workloads?state=stopped&kind=inference"
    )]
    public async Task Lists_ask_for_what_they_show(string words, string call)
    {
        await board.RunAsync(words);
        Assert.Equal(call, board.Calls[^1]);
    }

    [Theory]
    [InlineData("Preempted", "gone")]
    [InlineData("TimedOut", "slow")]
    [InlineData("failed", "broken")]
    public async Task A_status_is_more_than_a_state(string status, string name)
    {
        var lines = (await board.RunAsync($"list -A --status {status}")).Out.Split('\n');
        Assert.Equal([name], lines[1..^1].Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task Words_that_pachctl_has_keep_its_meaning()
    {
        var cli = await board.RunAsync("list jobs", code: 1);
        Assert.DoesNotContain(board.Calls, call => call.Contains("workloads", StringComparison.Ordinal));
        Assert.NotEmpty(cli.Error);
        Assert.StartsWith("unknown command \"list jop\"", (await board.RunAsync("list jop", code: 1)).Error);
    }

    [Theory]
    [InlineData("suspend train", "POST /api/workloads/" + BoardFake.Id + "/suspend", "Successfully suspended: train\n")]
    [InlineData(
        "training resume train",
        "POST /api/workloads/" + BoardFake.Id + "/resume",
        "Successfully resumed: train\n"
    )]
    [InlineData("runai delete job train", "DELETE /api/workloads/" + BoardFake.Id, "Successfully deleted: train\n")]
    public async Task A_name_becomes_the_workload_that_it_means(string words, string call, string said)
    {
        board.Answers(call, "{}");
        var cli = await board.RunAsync(words + " -p team");
        Assert.Equal(["GET /api/workloads/train?project=team", call], board.Calls);
        Assert.Equal(said, cli.Out);
    }

    [Fact]
    public async Task Deleting_what_has_ended_is_done_already()
    {
        board.Answers(
            "GET /api/workloads/train",
            BoardFake
                .Recorded("workload")
                .Replace("\"running\"", "\"succeeded\"", StringComparison.Ordinal)
                .Replace("\"started\"", "\"ended\"", StringComparison.Ordinal)
        );
        var cli = await board.RunAsync("delete train");
        Assert.StartsWith("train has ended already (Succeeded)", cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_default_project_is_kept_in_the_context()
    {
        var cli = await board.RunAsync("config project team");
        Assert.Equal("Project team has been set as default project\n", cli.Out);
        await board.RunAsync("list");
        Assert.EndsWith("&project=team", board.Calls[^1], StringComparison.Ordinal);
        Assert.Contains("team (default)", (await board.RunAsync("project list team")).Out, StringComparison.Ordinal);
        Assert.Contains(
            "department",
            (await board.RunAsync("project set lab", code: 1)).Error,
            StringComparison.Ordinal
        );
        Assert.StartsWith("there is no project 'none'", (await board.RunAsync("config project none", code: 1)).Error);
    }

    [Fact]
    public async Task One_command_makes_a_project_of_a_ClearML_queue()
    {
        board.Answers("POST /api/shares", "{}");
        await board.RunAsync("project create clearml --queue runai-clearml --parent lab --gpu-quota 4");
        Assert.Equal(
            """{"name":"clearml","parent":"lab","queue":"runai-clearml","terms":{"gpu":{"quota":4},"cpu":{"quota":-1},"memory":{"quota":-1}}}""",
            board.Body
        );
    }

    [Fact]
    public async Task Terms_are_read_in_the_units_that_people_write()
    {
        board.Answers("PATCH /api/shares/team", "{}");
        await board.RunAsync(
            "project set team --gpu-limit unlimited --cpu-quota 1.5 --memory-quota 64Gi --gpu-over-quota-weight 0 --reclaim-min-runtime 10m --node-pools a,b --priority 5"
        );
        Assert.Equal(
            """{"gpu":{"limit":-1,"weight":0},"cpu":{"quota":1500},"memory":{"quota":68719476736},"priority":5,"reclaim_min_runtime":600,"node_pools":["a","b"]}""",
            board.Body
        );
    }

    [Theory]
    [InlineData("node cordon node-a", "POST /api/nodes/node-a/cordon")]
    [InlineData("node uncordon node-a", "POST /api/nodes/node-a/uncordon")]
    [InlineData("node delete node-a", "DELETE /api/nodes/node-a")]
    [InlineData("project delete team", "DELETE /api/shares/team")]
    public async Task Administrators_change_machines_and_projects(string words, string call)
    {
        board.Answers(call, "{}");
        await board.RunAsync(words);
        Assert.Equal(call, board.Calls[^1]);
    }

    [Fact]
    public async Task What_is_supposed_is_asked_as_quotas()
    {
        await board.RunAsync("whatif --quota team=8 --quota lab=-1");
        Assert.Equal("""{"quotas":{"team":8,"lab":-1}}""", board.Body);
        await board.RunAsync("whatif --since 1h30m --limit team=8 --weight lab=0.5");
        Assert.Equal("""{"limits":{"team":8},"weights":{"lab":0.5},"since":5400}""", board.Body);
        Assert.StartsWith("if what?", (await board.RunAsync("whatif", code: 1)).Error, StringComparison.Ordinal);
        Assert.StartsWith("invalid argument", (await board.RunAsync("whatif --quota team", code: 1)).Error);
    }

    [Fact]
    public async Task What_the_server_refuses_is_said_in_its_words()
    {
        var cli = await board.RunAsync("describe job none", code: 1);
        Assert.Equal("no answer for GET /api/workloads/none\n", cli.Error);
    }
}
