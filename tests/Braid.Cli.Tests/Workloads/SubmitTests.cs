namespace Braid.Cli.Tests.Workloads;

/// <summary>Run:ai's flags, and what is submitted for them.</summary>
public sealed class SubmitTests : IAsyncLifetime
{
    private const string usual = "\"environment\":{},\"volumes\":[],";

    private BoardFake board = null!; // set before each test

    public async Task InitializeAsync() =>
        board = (await BoardFake.StartAsync()).Answers("POST /api/workloads", BoardFake.Recorded("workload"));

    public async Task DisposeAsync() => await board.DisposeAsync();

    [Fact]
    public async Task A_job_of_v1_is_submitted_with_all_that_it_needs()
    {
        var cli = await board.RunAsync(
            "submit train -p team -i img:1 -g 0.5 --cpu 500m --memory 1Gi -e A=1 -e B=x=y -v /data:/in:ro -v /out:/out "
                + "--parallelism 2 --completions 4 --backoff-limit 3 --node-pools fast,slow --node-type dgx --priority 60 "
                + "--working-dir /work -- python3 train.py -p 1"
        );
        Assert.Equal(
            """{"name":"train","project":"team","kind":"train","image":"img:1","command":["python3","train.py","-p","1"],"environment":{"A":"1","B":"x=y"},"working_directory":"/work","volumes":[{"source":"/data","target":"/in","is_read_only":true},{"source":"/out","target":"/out","is_read_only":false}],"cpu_millicores":500,"memory_bytes":1073741824,"gpus":0,"gpu_fraction":0.5,"gpu_memory_bytes":0,"parallelism":2,"completions":4,"is_elastic":false,"backoff_limit":3,"priority":"60","node_selector":{"run.ai/type":"dgx"},"tolerations":[],"node_pools":["fast","slow"],"is_suspended":false}""",
            board.Body
        );
        Assert.Equal(
            $"The job 'train' has been submitted successfully; its run is {BoardFake.Id}\n"
                + "You can run `braid describe job train -p team` to check the job status\n",
            cli.Out
        );
    }

    [Theory]
    [InlineData("submit a --interactive -- x", "\"kind\":\"interactive\"")]
    [InlineData("submit a --inference --replicas 3 -- x", "\"parallelism\":3")]
    [InlineData("workspace submit a --preemptible -- x", "\"priority\":\"build-preemptible\",\"is_preemptible\":true")]
    [InlineData("training submit --name a -g 2 -- x y", "\"command\":[\"x\",\"y\"],")]
    [InlineData("training submit a --gpu-devices-request 1 --gpu-portion-request 0.25 -- x", "\"gpu_fraction\":0.25")]
    [InlineData("submit a --gpu-memory 10G -- x", "\"gpu_memory_bytes\":10000000000")]
    [InlineData("submit a --mig 1g.5gb -- x", "\"mig_profile\":\"1g.5gb\"")]
    [InlineData("submit a --toleration key=k,operator=Exists --toleration operator=Exists -- x", "[\"k\",\"*\"]")]
    [InlineData("submit a --host-path path=/d,mount=/m -- x", "\"target\":\"/m\",\"is_read_only\":true")]
    [InlineData("submit a --time-limit 90m -- x", "\"time_limit\":5400")]
    [InlineData("inference submit a --runs 2 --cpu-core-limit 2 -- x", "\"cpu_limit\":2000")]
    [InlineData("runai submit a -g 2 -- x", "\"gpus\":2")]
    public async Task Words_of_both_versions_mean_what_they_meant(string words, string part)
    {
        await board.RunAsync(words);
        Assert.Contains(part, board.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_may_be_made_up()
    {
        await board.RunAsync("submit --job-name-prefix exp -- x");
        Assert.Matches("^{\"name\":\"exp-[0-9a-f]{5}\",", board.Body);
        Assert.Contains(usual, board.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_makes_no_difference_is_let_through_with_a_warning()
    {
        var cli = await board.RunAsync("submit a --large-shm --image-pull-policy Always -- x");
        Assert.Equal(2, cli.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("warning: --large-shm is not acted on: ", cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("submit a --git-sync source=x -- x", "--git-sync is not supported: ")]
    [InlineData("submit a --jupyter", "--jupyter is not supported: ")]
    [InlineData("submit a -g 1.5 -- x", "GPUs are wanted whole")]
    [InlineData("submit a -g 2 --mig 1g.5gb -- x", "parts of GPUs are of one device")]
    [InlineData("submit a -g many -- x", "invalid argument \"many\" for --gpu")]
    [InlineData("submit a -e A -- x", "invalid argument \"A\" for --environment")]
    [InlineData("submit a -v /a -- x", "invalid argument \"/a\" for --volume")]
    [InlineData("submit -- x", "it has no name")]
    [InlineData("submit a python3 train.py", "what is \"python3\"? The program follows --")]
    [InlineData("submit-mpi a --processes 2", "submit-mpi: a distributed job is submitted as its manifest")]
    [InlineData("submit-dist mpi a --workers 2", "submit-dist: a distributed job is submitted as its manifest")]
    public async Task What_cannot_be_done_is_refused_with_the_reason(string words, string message)
    {
        var cli = await board.RunAsync(words, code: 1);
        Assert.StartsWith(message, cli.Error, StringComparison.Ordinal);
        Assert.Empty(board.Calls);
    }

    [Fact]
    public async Task What_would_be_submitted_is_shown_without_submitting_it()
    {
        var cli = await board.RunAsync("submit a --dry-run -- x");
        Assert.Contains("\"name\": \"a\"", cli.Out, StringComparison.Ordinal);
        Assert.Empty(board.Calls);
    }
}
