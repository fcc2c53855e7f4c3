using System.Text;
using Braid.Agent.Protocol;
using Braid.Primitives;
using Braid.TensorBoard.Writing;
using Braid.Testing;
using Braid.Workloads.Submission;

namespace Braid.Gateway.Web.Tests.Agents;

public sealed class AgentTests
{
    [Fact]
    public async Task An_agent_that_comes_over_http_runs_what_is_submitted_and_ships_its_lines()
    {
        await using var host = await AgentHost.StartAsync();
        var workload = await host.SubmitAsync("train", "for i in $(seq 1 3000); do echo line $i; done; echo bad >&2");
        var ended = await host.UntilAsync(workload.Id, one => one.Ended is not null);

        Assert.Equal(WorkloadState.Succeeded, ended.State);
        var printed = await host.PrintedAsync(workload.Id);
        Assert.Equal(
            Enumerable.Range(1, 3000).Select(number => $"line {number}"),
            printed.Where(line => line != "bad")
        );
        Assert.Contains("bad", printed);
        Assert.Empty(host.Troubles);
    }

    [Theory]
    [InlineData(
        """{"node":"a","agent":"a","epoch":"1","running":[],"machine":{"cpu_millicores":1000,"memory_bytes":1}}""",
        200
    )]
    [InlineData("""{"node":"a","agent":"a","epoch":"1","running":[]}""", 400)]
    [InlineData(
        """{"node":"a","agent":"a","epoch":"1","running":null,"machine":{"cpu_millicores":1,"memory_bytes":1}}""",
        400
    )]
    [InlineData("""{"node":"a","agent":"a","epoch":"1","running":[],"machine":{"memory_bytes":1}}""", 400)]
    public async Task A_machine_says_what_it_has_and_may_leave_out_what_it_has_not(string message, int status)
    {
        await using var host = await WebHost.StartAsync();
        using var body = new StringContent(message, Encoding.UTF8, "application/json");
        using var answer = await host.Client.PostAsync("/api/agent/register", body);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_program_finds_the_doors_and_credentials_that_reach_its_own_run()
    {
        await using var host = await AgentHost.StartAsync();
        var workload = await host.SubmitAsync("train", "echo $RUNAI_PROJECT $RUNAI_JOB_NAME $DOOR ${#KEY}");
        await host.UntilAsync(workload.Id, one => one.Ended is not null);
        Assert.Equal(["default train http://127.0.0.1:5000 20"], await host.PrintedAsync(workload.Id));
    }

    [Fact]
    public async Task A_program_that_fails_is_begun_again_and_says_how_it_ended()
    {
        await using var host = await AgentHost.StartAsync();
        var workload = await host.SubmitAsync("train", "echo try; exit 3", spec => spec with { BackoffLimit = 1 });
        var ended = await host.UntilAsync(workload.Id, one => one.Ended is not null);
        Assert.Equal(WorkloadState.Failed, ended.State);
        Assert.Contains("exited with code 3", ended.Message, StringComparison.Ordinal);
        Assert.Equal(["try", "try"], await host.PrintedAsync(workload.Id));
    }

    [Fact]
    public async Task What_a_program_uses_and_leaves_becomes_part_of_its_run()
    {
        await using var host = await AgentHost.StartAsync();
        var workload = await host.SubmitAsync(
            "train",
            $"""
            cd $BRAID_OUTPUT && mkdir -p model logs && echo {EventsOf(
                "loss",
                0.25f
            )} | base64 -d > logs/events.out.tfevents.1.a
            printf weights > model/w.bin; ln -s /etc/passwd model/link; mkfifo model/pipe; sleep 0.4
            """
        );
        var ended = await host.UntilAsync(workload.Id, one => one.Ended is not null);

        Assert.Equal((WorkloadState.Succeeded, ""), (ended.State, string.Join("; ", host.Troubles)));
        var series = await host.SeriesAsync(workload.Id);
        Assert.Equal(0.25, series["loss"]);
        Assert.InRange(series[":monitor:process/memory_used_gb"], 0.0001, 1);
        Assert.InRange(series[":monitor:process/cpu_usage"], 0, 1000);
        Assert.Equal(["model/w.bin: weights"], await host.ArtifactsAsync(workload.Id));
    }

    [Fact]
    public async Task What_peers_leave_is_told_apart_by_their_names()
    {
        await using var host = await AgentHost.StartAsync();
        var workload = await host.SubmitAsync(
            "train",
            "echo $BRAID_OUTPUT > $BRAID_OUTPUT/place",
            spec => spec with { Parallelism = 2, Completions = 2 }
        );
        await host.UntilAsync(workload.Id, one => one.Ended is not null);

        var names = workload.Replicas.Select(replica => $"{replica.Name}/place: /braid/output\n");
        Assert.Equal(2, workload.Replicas.Count);
        Assert.Equal(names.Order(StringComparer.Ordinal), await host.ArtifactsAsync(workload.Id));
    }

    [Fact]
    public async Task Ending_a_workload_ends_its_program()
    {
        await using var host = await AgentHost.StartAsync();
        var workload = await host.SubmitAsync(
            "train",
            "trap 'echo asked; exit 0' TERM; echo up; while :; do sleep 0.05; done"
        );
        await host.UntilAsync(workload.Id, one => one.State == WorkloadState.Running);
        await Eventually.IsTrueAsync(async () => (await host.PrintedAsync(workload.Id)).Count > 0, "it is up");
        await host.Web.Rooms.Workloads.Workloads.StopAsync(WebHost.Internal, workload.Id, default);
        await host.UntilAsync(workload.Id, one => one.Replicas.All(replica => replica.Ended is not null));
        Assert.Equal(["up", "asked"], await host.PrintedAsync(workload.Id));
    }

    [Fact]
    public async Task An_outage_of_the_server_loses_and_doubles_no_line()
    {
        FlakyServer? flaky = null;
        await using var host = await AgentHost.StartAsync(server => flaky = new(server));
        var workload = await host.SubmitAsync("train", "for i in $(seq 1 200); do echo $i; sleep 0.005; done");
        await host.UntilAsync(workload.Id, one => one.State == WorkloadState.Running);
        flaky!.IsAway = true; // set by the start
        await Eventually.IsTrueAsync(() => Task.FromResult(flaky.Refused > 3), "it is away");
        flaky.IsAway = false;
        await host.UntilAsync(workload.Id, one => one.Ended is not null);
        Assert.Equal(Enumerable.Range(1, 200).Select(number => $"{number}"), await host.PrintedAsync(workload.Id));
    }

    [Fact]
    public async Task A_cut_of_the_network_loses_and_doubles_no_line()
    {
        await using var host = await AgentHost.StartAsync();
        var workload = await host.SubmitAsync("train", "for i in $(seq 1 300); do echo $i; sleep 0.005; done");
        await Eventually.IsTrueAsync(async () => (await host.PrintedAsync(workload.Id)).Count > 20, "it prints");
        host.Cable.Cut();
        await Eventually.IsTrueAsync(() => Task.FromResult(host.Cable.Held > 1), "nothing goes through");
        Assert.InRange((await host.PrintedAsync(workload.Id)).Count, 21, 299);
        host.Cable.Mend();
        await host.UntilAsync(workload.Id, one => one.Ended is not null);
        Assert.Equal(Enumerable.Range(1, 300).Select(number => $"{number}"), await host.PrintedAsync(workload.Id));
    }

    /// <summary>A server whose answers are lost on their way, and which is away at times.</summary>
    /// <summary>An event file with one scalar, as base64.</summary>
    private static string EventsOf(string tag, double value)
    {
        using var bytes = new MemoryStream();
        using (var writer = new EventFileWriter(bytes, TimeProvider.System))
        {
            writer.AddVersion();
            writer.AddScalar(tag, value, step: 1);
            writer.Flush();
        }

        return Convert.ToBase64String(bytes.ToArray());
    }

    private sealed class FlakyServer(INodeServer inner) : INodeServer
    {
        private int calls;
        private int refused;

        public volatile bool IsAway;

        public int Refused => refused;

        public Task<Result<Unit>> RegisterAsync(NodeRegistration registration, CancellationToken ct) =>
            AskAsync(() => inner.RegisterAsync(registration, ct));

        public Task<Result<NodeOrders>> AskAsync(NodeQuestion question, CancellationToken ct) =>
            AskAsync(() => inner.AskAsync(question, ct));

        public Task<Result<NodeReportAnswer>> ReportAsync(NodeReport report, CancellationToken ct) =>
            AskAsync(() => inner.ReportAsync(report, ct));

        public Task<Result<NodeLinesAnswer>> AppendAsync(NodeLines lines, CancellationToken ct) =>
            AskAsync(() => inner.AppendAsync(lines, ct));

        public Task<Result<NodeUsageAnswer>> MeasureAsync(NodeUsage usage, CancellationToken ct) =>
            AskAsync(() => inner.MeasureAsync(usage, ct));

        public Task<Result<NodeEventsAnswer>> SendEventsAsync(
            NodeOutput file,
            long offset,
            Stream rest,
            CancellationToken ct
        ) => AskAsync(() => inner.SendEventsAsync(file, offset, rest, ct));

        public Task<Result<NodeFileAnswer>> SendFileAsync(NodeOutput file, Stream content, CancellationToken ct) =>
            AskAsync(() => inner.SendFileAsync(file, content, ct));

        private async Task<Result<T>> AskAsync<T>(Func<Task<Result<T>>> ask)
        {
            if (IsAway)
            {
                Interlocked.Increment(ref refused);
                return Away();
            }

            // Every third answer is lost, after the server has done what was asked.
            var answer = await ask();
            return Interlocked.Increment(ref calls) % 3 == 0 ? Away() : answer;
        }

        private static Error Away() => new(ErrorKind.Unavailable, "test.away", "the server is away");
    }
}
