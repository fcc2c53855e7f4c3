using Braid.Compute.Executors;
using Braid.Primitives;

namespace Braid.Compute.Tests.Conformance;

/// <summary>A replica starts once, is found again, and gives way to a later placement.</summary>
public sealed class StartTests
{
    [Theory, InProcesses, InDocker, InPodman]
    public async Task Starting_twice_starts_once(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var spec = bench.Shell("a", "echo started; sleep 1000");

        var starts = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => bench.Executor.StartAsync(spec, CancellationToken.None))
        );

        Assert.Single(starts.Select(start => start.Value.Id).Distinct());
        Assert.Single((await bench.Executor.FindAsync(CancellationToken.None)).Value);
        await bench.SeeAsync(starts[0].Value.Id, "started");
        Assert.Single(await bench.LinesAsync(starts[0].Value.Id, follow: false));
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task What_has_ended_is_not_started_again_by_the_same_placement(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var spec = bench.Shell("a", "exit 9");
        var first = await bench.StartAsync(spec);
        await bench.WaitAsync(first.Id);

        var second = await bench.StartAsync(spec);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(9, second.Exit?.Code);
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task A_later_placement_replaces_an_older_one_which_is_refused_from_then_on(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var spec = bench.Shell("a", "trap '' TERM; echo ready; sleep 1000");
        var old = await bench.StartAsync(spec with { Token = 7 });
        await bench.SeeAsync(old.Id, "ready");

        var later = await bench.StartAsync(spec with { Token = 8 });
        var stale = await bench.Executor.StartAsync(spec with { Token = 7 }, CancellationToken.None);

        Assert.NotEqual(old.Id, later.Id);
        Assert.Equal((ErrorKind.Conflict, "compute.stale-token"), (stale.Error?.Kind, stale.Error?.Code));
        Assert.Equal(ReplicaCause.Lost, (await bench.WaitAsync(old.Id)).Cause);
        var found = Assert.Single((await bench.Executor.FindAsync(CancellationToken.None)).Value);
        Assert.Equal((later.Id, 8L, null), (found.Id, found.Token, found.Exit));
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task What_is_found_is_what_was_started_and_not_removed(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var runs = await bench.StartAsync(
            bench.Spec("runs", "sleep", "1000") with
            {
                Labels = new Dictionary<string, string> { ["workload"] = "a/b c", ["lease"] = "" },
            }
        );
        var ended = await bench.StartAsync(bench.Shell("ended", "echo last; exit 2"));
        var removed = await bench.StartAsync(bench.Spec("removed", "sleep", "1000"));
        await bench.WaitAsync(ended.Id);
        await bench.Executor.RemoveAsync(removed.Id, CancellationToken.None);

        var found = (await bench.Executor.FindAsync(CancellationToken.None)).Value;

        Assert.Equal(["ended", "runs"], found.Select(replica => replica.Name));
        Assert.Equal([2, null], found.Select(replica => replica.Exit?.Code));
        Assert.Equal(runs.Id, found[1].Id);
        Assert.Equal([("lease", ""), ("workload", "a/b c")], found[1].Labels.Select(l => (l.Key, l.Value)).Order());
        Assert.Equal(runs.StartedAt, found[1].StartedAt);
        Assert.Empty(await bench.LinesAsync(removed.Id));
    }

    [Theory, InProcesses]
    public async Task What_is_removed_while_it_starts_is_gone(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);

        for (var round = 1; round <= 30; round++)
        {
            var replica = await bench.StartAsync(bench.Spec("a", "sleep", "1000"));
            Assert.True((await bench.Executor.RemoveAsync(replica.Id, limit.Token).WaitAsync(limit.Token)).IsOk);
        }

        Assert.Empty((await bench.Executor.FindAsync(CancellationToken.None)).Value);
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task A_name_can_be_used_again_once_it_was_removed(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var first = await bench.StartAsync(bench.Shell("a", "exit 1"));
        await bench.Executor.RemoveAsync(first.Id, CancellationToken.None);

        var (exit, _) = await bench.RunAsync(bench.Shell("a", "exit 2"));

        Assert.Equal(2, exit.Code);
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task Many_at_once_all_run(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        // An engine takes most of a second of a processor for each.
        var numbers = Enumerable.Range(0, kind == ExecutorKind.Process ? 50 : 20).ToList();

        var runs = await Task.WhenAll(
            numbers.Select(number => bench.RunAsync(bench.Shell($"r{number}", $"echo {number}; exit {number}")))
        );

        Assert.Equal(numbers, runs.Select(run => run.Exit.Code));
        Assert.Equal(numbers.Select(number => $"{number}"), runs.Select(run => run.Lines.Single().Text));
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task How_it_ended_and_what_it_wrote_is_known_to_a_new_executor(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var (exit, lines) = await bench.RunAsync(bench.Shell("a", "echo one; echo two >&2; kill -9 $$"));
        var id = (await bench.Executor.FindAsync(CancellationToken.None)).Value.Single().Id;

        await bench.ReopenAsync();

        Assert.Equal(exit, await bench.WaitAsync(id));
        Assert.Equal(lines, await bench.LinesAsync(id));
        Assert.Equal(exit, (await bench.Executor.FindAsync(CancellationToken.None)).Value.Single().Exit);
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task Specs_that_make_no_sense_are_refused(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var good = bench.Spec("a", "true");
        ReplicaSpec[] bad =
        [
            good with
            {
                Name = "a/b",
            },
            good with
            {
                Name = "",
            },
            good with
            {
                HostName = "a b",
            },
            good with
            {
                Network = ReplicaNetwork.Of("../x"),
            },
            good with
            {
                Mounts = [new("relative", "/x", false)],
            },
            good with
            {
                Mounts = [new("/tmp", "/x/../etc", false)],
            },
            good with
            {
                Environment = new Dictionary<string, string> { ["A=B"] = "1" },
            },
            good with
            {
                WorkingDirectory = "here",
            },
            good with
            {
                StopSignal = 0,
            },
            good with
            {
                Limits = new() { MemoryBytes = 0 },
            },
            good with
            {
                Timeout = TimeSpan.Zero,
            },
        ];

        foreach (var spec in bad)
        {
            var refused = await bench.Executor.StartAsync(spec, CancellationToken.None);
            Assert.Equal("compute.bad-replica", refused.Error?.Code);
        }

        Assert.Empty((await bench.Executor.FindAsync(CancellationToken.None)).Value);
    }
}
