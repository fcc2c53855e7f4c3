using Braid.Compute.Containers.Engine;
using Braid.Compute.Executors;
using Braid.Compute.Tests.Conformance;
using Braid.Primitives;

namespace Braid.Compute.Tests.Containers;

/// <summary>An engine that goes away and comes back, an agent that starts again, and somebody who removes what is not his.</summary>
public sealed class EngineFaultTests
{
    [Theory, InDocker, InPodman]
    public async Task A_new_executor_finds_what_runs_reads_on_where_the_old_one_stopped_and_stops_it(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var replica = await bench.StartAsync(
            bench.Shell("a", "trap 'echo bye; exit 6' TERM; echo one; echo two; while :; do sleep 0.05; done")
        );
        await bench.SeeAsync(replica.Id, "one");

        await bench.ReopenAsync();

        var found = Assert.Single((await bench.Executor.FindAsync(CancellationToken.None)).Value);
        Assert.Equal((replica.Id, 1L, null), (found.Id, found.Token, found.Exit));
        Assert.Equal(replica.Id, (await bench.StartAsync(bench.Spec("a", "never"))).Id);
        await bench.Executor.StopAsync(found.Id, CancellationToken.None);
        Assert.Equal((ReplicaCause.Stopped, 6), Cause(await bench.WaitAsync(found.Id)));
        Assert.Equal(["two", "bye"], (await bench.LinesAsync(found.Id, 1)).Select(line => line.Text));
    }

    [Theory, InDocker, InPodman]
    public async Task Why_it_ended_is_known_to_a_new_executor_too(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var replica = await bench.StartAsync(bench.Spec("a", "sleep", "1000"));
        await bench.Executor.StopAsync(replica.Id, CancellationToken.None);

        await bench.ReopenAsync();

        Assert.Equal(ReplicaCause.Stopped, (await bench.WaitAsync(replica.Id)).Cause);
    }

    [Theory, InDocker, InPodman]
    public async Task A_time_limit_holds_beyond_the_agent_that_set_it(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var replica = await bench.StartAsync(
            bench.Spec("a", "sleep", "1000") with
            {
                Timeout = TimeSpan.FromSeconds(3),
            }
        );

        await bench.ReopenAsync();
        await bench.Executor.FindAsync(CancellationToken.None);

        Assert.Equal(ReplicaCause.TimedOut, (await bench.WaitAsync(replica.Id)).Cause);
    }

    [Theory, InDocker, InPodman]
    public async Task Others_containers_are_neither_found_nor_in_the_way(ExecutorKind kind)
    {
        await using var mine = await ExecutorBench.OpenAsync(kind);
        await using var theirs = await ExecutorBench.OpenAsync(kind);
        await theirs.StartAsync(theirs.Spec("a", "sleep", "1000"));

        await mine.StartAsync(mine.Shell("a", "exit 1"));

        Assert.Single((await mine.Executor.FindAsync(CancellationToken.None)).Value);
        Assert.Null(Assert.Single((await theirs.Executor.FindAsync(CancellationToken.None)).Value).Exit);
    }

    [Theory, InDocker, InPodman]
    public async Task Lines_go_on_after_the_engine_was_away_without_loss_or_doubling(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind, throughProxy: true);
        var replica = await bench.StartAsync(
            bench.Shell("a", "i=0; while [ $i -lt 200 ]; do i=$((i+1)); echo $i; sleep 0.01; done")
        );
        var lines = new List<ReplicaLine>();

        await foreach (var line in bench.Executor.LogsAsync(replica.Id, 0, true, CancellationToken.None))
        {
            lines.Add(line);
            if (line.Number is 20 or 100)
            {
                await bench.Proxy!.CutAsync();
                bench.Proxy.Restore();
            }
        }

        Assert.Equal(Enumerable.Range(1, 200).Select(number => $"{number}"), lines.Select(line => line.Text));
        Assert.Equal(Enumerable.Range(1, 200).Select(number => (long)number), lines.Select(line => line.Number));
    }

    [Theory, InDocker, InPodman]
    public async Task Whoever_waits_hears_how_it_ended_while_the_engine_was_away(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind, throughProxy: true);
        var replica = await bench.StartAsync(bench.Shell("a", "echo ready; sleep 0.3; exit 5"));
        await bench.SeeAsync(replica.Id, "ready");
        var wait = bench.WaitAsync(replica.Id);

        await bench.Proxy!.CutAsync();
        await EndedAsync(kind, replica.Id);
        bench.Proxy.Restore();

        Assert.Equal((ReplicaCause.Exited, 5), Cause(await wait));
    }

    [Theory, InDocker, InPodman]
    public async Task What_a_stopping_engine_ends_is_lost_and_stays_so(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind, throughProxy: true);
        var replica = await bench.StartAsync(bench.Shell("a", "echo ready; sleep 1000"));
        await bench.SeeAsync(replica.Id, "ready");
        var wait = bench.WaitAsync(replica.Id);

        await bench.Proxy!.CutAsync();
        // An engine that stops sends its containers the stop signal.
        using var engine = new EngineClient(TestEngine.SocketOf(kind));
        await engine.DoAsync(HttpMethod.Post, $"/containers/{replica.Id}/stop?t=1", CancellationToken.None);
        bench.Proxy.Restore();

        Assert.Equal(ReplicaCause.Lost, (await wait).Cause);
        var found = Assert.Single((await bench.Executor.FindAsync(CancellationToken.None)).Value);
        Assert.Equal(ReplicaCause.Lost, found.Exit?.Cause);
    }

    [Theory, InDocker, InPodman]
    public async Task While_the_engine_is_away_calls_say_so_and_succeed_when_it_is_back(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind, throughProxy: true);
        var replica = await bench.StartAsync(bench.Spec("a", "sleep", "1000"));
        await bench.Proxy!.CutAsync();

        Error?[] errors =
        [
            (await bench.Executor.StartAsync(bench.Spec("b", "true"), CancellationToken.None)).Error,
            (await bench.Executor.FindAsync(CancellationToken.None)).Error,
            (await bench.Executor.StopAsync(replica.Id, CancellationToken.None)).Error,
            (await bench.Executor.RemoveAsync(replica.Id, CancellationToken.None)).Error,
        ];

        Assert.All(
            errors,
            error => Assert.Equal((ErrorKind.Unavailable, "compute.engine-away"), (error?.Kind, error?.Code))
        );
        bench.Proxy.Restore();
        Assert.True((await bench.Executor.StopAsync(replica.Id, CancellationToken.None)).IsOk);
        Assert.Equal(ReplicaCause.Stopped, (await bench.WaitAsync(replica.Id)).Cause);
    }

    [Theory, InDocker, InPodman]
    public async Task A_container_that_somebody_removes_is_lost(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var replica = await bench.StartAsync(bench.Shell("a", "echo ready; sleep 1000"));
        await bench.SeeAsync(replica.Id, "ready");
        var wait = bench.WaitAsync(replica.Id);

        using var engine = new EngineClient(TestEngine.SocketOf(kind));
        await engine.DoAsync(HttpMethod.Delete, $"/containers/{replica.Id}?force=1", CancellationToken.None);

        var exit = await wait;
        // Between the kill and the removal the engine tells of the kill.
        Assert.True(exit.Cause == ReplicaCause.Lost || exit.Signal == 9, exit.Words);
        Assert.Equal(ReplicaCause.Lost, (await bench.WaitAsync(replica.Id)).Cause);
        Assert.Empty((await bench.Executor.FindAsync(CancellationToken.None)).Value);
    }

    [Theory, InDocker, InPodman]
    public async Task A_signal_from_outside_is_no_stop(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var replica = await bench.StartAsync(bench.Shell("a", "echo ready; sleep 1000"));
        await bench.SeeAsync(replica.Id, "ready");

        using var engine = new EngineClient(TestEngine.SocketOf(kind));
        await engine.DoAsync(HttpMethod.Post, $"/containers/{replica.Id}/kill", CancellationToken.None);

        Assert.Equal((ReplicaCause.Signalled, 137), Cause(await bench.WaitAsync(replica.Id)));
    }

    private static (ReplicaCause, int) Cause(ReplicaExit exit) => (exit.Cause, exit.Code);

    /// <summary>Waits at the engine itself.</summary>
    private static async Task EndedAsync(ExecutorKind kind, ReplicaId id)
    {
        using var engine = new EngineClient(TestEngine.SocketOf(kind));
        var waited = await engine.PostAsync(
            $"/containers/{id}/wait",
            null,
            EngineJson.Default.ContainerWait,
            CancellationToken.None
        );
        Assert.True(waited.IsOk, waited.Error?.Message);
    }
}
