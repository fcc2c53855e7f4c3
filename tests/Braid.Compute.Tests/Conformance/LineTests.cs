using Braid.Compute.Executors;

namespace Braid.Compute.Tests.Conformance;

/// <summary>What a replica writes comes whole, once, numbered, and can be read again from any line.</summary>
public sealed class LineTests
{
    [Theory, InProcesses, InDocker, InPodman]
    public async Task Both_streams_come_in_their_order(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);

        var (_, lines) = await bench.RunAsync(bench.Shell("a", "for i in 1 2 3; do echo out$i; echo err$i >&2; done"));

        Assert.Equal(["out1", "out2", "out3"], lines.Where(line => !line.IsError).Select(line => line.Text));
        Assert.Equal(["err1", "err2", "err3"], lines.Where(line => line.IsError).Select(line => line.Text));
        Assert.Equal([1, 2, 3, 4, 5, 6], lines.Select(line => line.Number));
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task A_hundred_thousand_lines_come_whole_and_can_be_read_from_any_of_them(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var replica = await bench.StartAsync(bench.Spec("a", "seq", "1", "100000"));

        var lines = await bench.LinesAsync(replica.Id);

        Assert.Equal(100_000, lines.Count);
        Assert.All(lines, line => Assert.Equal(line.Number.ToString(), line.Text));
        foreach (var after in (long[])[49_999, 100_000])
        {
            var rest = await bench.LinesAsync(replica.Id, after, follow: false);
            Assert.Equal(lines.Where(line => line.Number > after), rest);
        }
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task A_reader_that_goes_away_and_comes_back_loses_and_doubles_nothing(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var replica = await bench.StartAsync(
            bench.Shell("a", "i=0; while [ $i -lt 2000 ]; do i=$((i+1)); echo $i; echo $i >&2; done")
        );
        var seen = new List<ReplicaLine>();
        while (seen.Count < 4000)
        {
            var before = seen.Count;
            await foreach (var line in bench.Executor.LogsAsync(replica.Id, before, true, CancellationToken.None))
            {
                seen.Add(line);
                if (seen.Count == before + 333)
                {
                    break;
                }
            }

            Assert.True(seen.Count > before, $"no lines after {before}");
        }

        Assert.Equal(Enumerable.Range(1, 4000).Select(number => (long)number), seen.Select(line => line.Number));
        foreach (var stream in seen.GroupBy(line => line.IsError))
        {
            Assert.Equal(Enumerable.Range(1, 2000).Select(number => $"{number}"), stream.Select(line => line.Text));
        }
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task Long_lines_come_in_pieces_cut_between_characters(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);

        var (_, lines) = await bench.RunAsync(bench.Spec("a", "python3", "-c", "print('é' * 100001); print('next')"));

        Assert.Equal(new string('é', 100_001), string.Concat(lines.SkipLast(1).Select(line => line.Text)));
        Assert.Equal("next", lines[^1].Text);
        Assert.InRange(lines.Count, 3, 20);
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task A_last_line_without_newline_is_a_line_and_empty_lines_are_lines(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);

        var (_, lines) = await bench.RunAsync(bench.Spec("a", "printf", "one\\n\\n\\rtwo"));

        Assert.Equal(["one", "", "\rtwo"], lines.Select(line => line.Text));
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task Bytes_that_are_no_text_are_replaced(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);

        var (_, lines) = await bench.RunAsync(bench.Spec("a", "printf", "a\\377b\\000c\\n"));

        Assert.Equal(["a\uFFFDb\uFFFDc"], lines.Select(line => line.Text));
    }

    // Podman's API tells times in whole seconds.
    [Theory, InProcesses, InDocker]
    public async Task Lines_have_the_time_at_which_they_were_written(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        // An engine's clock may be some milliseconds behind, and a line has the time at which the engine read it.
        var slack = TimeSpan.FromMilliseconds(100);
        var before = TimeProvider.System.GetUtcNow() - slack;

        var replica = await bench.StartAsync(
            bench.Shell("a", "trap 'echo two; exit 0' TERM; echo one; while :; do sleep 0.05; done")
        );
        await bench.SeeAsync(replica.Id, "one");
        await Task.Delay(TimeSpan.FromSeconds(0.3), TimeProvider.System);
        await bench.Executor.StopAsync(replica.Id, CancellationToken.None);
        var exit = await bench.WaitAsync(replica.Id);
        var lines = await bench.LinesAsync(replica.Id, follow: false);

        Assert.Equal(["one", "two"], lines.Select(line => line.Text));
        Assert.InRange(lines[0].Time, before, exit.EndedAt);
        Assert.InRange(lines[1].Time - lines[0].Time, TimeSpan.FromSeconds(0.2), TimeSpan.FromMinutes(1));
        var late = kind == ExecutorKind.Process ? TimeSpan.Zero : slack;
        Assert.InRange(exit.EndedAt, lines[1].Time - late, TimeProvider.System.GetUtcNow());
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task Lines_come_while_the_replica_runs_and_reading_them_can_be_given_up(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var replica = await bench.StartAsync(bench.Shell("a", "echo ready; sleep 1000"));
        using var enough = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var line in bench.Executor.LogsAsync(replica.Id, 0, true, enough.Token))
            {
                Assert.Equal("ready", line.Text);
                await enough.CancelAsync();
            }
        });

        Assert.Equal(["ready"], (await bench.LinesAsync(replica.Id, follow: false)).Select(line => line.Text));
    }
}
