using System.Diagnostics;
using Braid.Compute.Executors;
using Braid.Testing;

namespace Braid.Compute.Tests.Conformance;

/// <summary>How a replica ends, and what is told of it.</summary>
public sealed class EndTests
{
    [Theory, InProcesses, InDocker, InPodman]
    public async Task The_exit_code_is_the_programs(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);

        var (exit, _) = await bench.RunAsync(bench.Shell("a", "exit 7"));

        Assert.Equal((ReplicaCause.Exited, 7, "exited with code 7"), (exit.Cause, exit.Code, exit.Words));
        Assert.False(exit.IsSuccess);
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task A_signal_from_within_is_told_from_an_exit_code(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);

        var (exit, _) = await bench.RunAsync(bench.Shell("a", "kill -USR1 $$"));

        Assert.Equal((ReplicaCause.Signalled, 10), (exit.Cause, exit.Signal));
    }

    // Podman's init says that a program could not be run, but not which.
    [Theory, InProcesses, InDocker]
    public async Task A_program_that_is_not_there_is_named(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);

        var (exit, lines) = await bench.RunAsync(bench.Spec("a", "no-such-program"));

        Assert.Equal(ReplicaCause.Exited, exit.Cause);
        Assert.NotEqual(0, exit.Code);
        Assert.Contains("no-such-program", string.Join('\n', lines.Select(line => line.Text).Append(exit.Words)));
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task Stop_lets_the_program_end_by_itself(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var replica = await bench.StartAsync(
            bench.Shell("a", "trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.05; done")
        );
        await bench.SeeAsync(replica.Id, "ready");

        Assert.True((await bench.Executor.StopAsync(replica.Id, CancellationToken.None)).IsOk);

        var exit = await bench.WaitAsync(replica.Id);
        Assert.Equal((ReplicaCause.Stopped, 3), (exit.Cause, exit.Code));
        Assert.Equal(["ready", "bye"], (await bench.LinesAsync(replica.Id)).Select(line => line.Text));
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task Stop_sends_the_signal_that_the_spec_names(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var replica = await bench.StartAsync(
            bench.Shell("a", "trap 'exit 4' USR1; echo ready; while :; do sleep 0.05; done") with
            {
                StopSignal = 10, // a shell that was started in the background cannot catch SIGINT
            }
        );
        await bench.SeeAsync(replica.Id, "ready");

        await bench.Executor.StopAsync(replica.Id, CancellationToken.None);

        Assert.Equal(4, (await bench.WaitAsync(replica.Id)).Code);
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task What_does_not_end_within_its_grace_is_killed_with_its_children(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var watch = Stopwatch.StartNew();
        var replica = await bench.StartAsync(
            bench.Shell("a", "trap '' TERM; (setsid sleep 1234.5 &); echo ready; while :; do sleep 0.05; done") with
            {
                StopGrace = TimeSpan.FromSeconds(1),
            }
        );
        await bench.SeeAsync(replica.Id, "ready");

        await bench.Executor.StopAsync(replica.Id, CancellationToken.None);

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        var exit = await bench.WaitAsync(replica.Id);
        Assert.Equal((ReplicaCause.Stopped, 137), (exit.Cause, exit.Code));
        await GoneAsync("sleep 1234.5");
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task What_a_program_leaves_running_ends_with_it(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);

        var (exit, _) = await bench.RunAsync(bench.Shell("a", "(setsid sleep 2345.6 > /dev/null 2>&1 &)"));

        Assert.True(exit.IsSuccess, exit.Words);
        await GoneAsync("sleep 2345.6");
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task Stopping_what_has_ended_changes_nothing(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var replica = await bench.StartAsync(bench.Shell("a", "exit 5"));
        await bench.WaitAsync(replica.Id);

        Assert.True((await bench.Executor.StopAsync(replica.Id, CancellationToken.None)).IsOk);

        var exit = await bench.WaitAsync(replica.Id);
        Assert.Equal((ReplicaCause.Exited, 5), (exit.Cause, exit.Code));
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task A_stop_that_is_called_twice_at_once_is_one_stop(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var replica = await bench.StartAsync(
            bench.Shell("a", "trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done")
        );
        await bench.SeeAsync(replica.Id, "ready");

        var stops = await Task.WhenAll(
            bench.Executor.StopAsync(replica.Id, CancellationToken.None),
            bench.Executor.StopAsync(replica.Id, CancellationToken.None)
        );

        Assert.All(stops, stop => Assert.True(stop.IsOk));
        Assert.Equal(ReplicaCause.Stopped, (await bench.WaitAsync(replica.Id)).Cause);
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task A_replica_that_runs_too_long_is_killed_and_that_is_said(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);

        var (exit, _) = await bench.RunAsync(
            bench.Spec("a", "sleep", "1000") with
            {
                Timeout = TimeSpan.FromSeconds(1),
            }
        );

        Assert.Equal((ReplicaCause.TimedOut, "ran out of time"), (exit.Cause, exit.Words));
    }

    // Podman on control groups of version 1 tells of a signal only.
    [Theory, InProcesses, InDocker]
    public async Task Memory_beyond_the_limit_ends_it_and_that_is_said(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var hog = bench.Spec("a", "python3", "-c", "x = bytearray(400 * 1024 * 1024); print(len(x))") with
        {
            Limits = new() { MemoryBytes = 64 * 1024 * 1024 },
        };

        var (exit, lines) = await bench.RunAsync(hog);

        // Without control groups memory is a limit of each process, and the program is told.
        Assert.True(
            exit.Cause == ReplicaCause.OutOfMemory
                || lines.Exists(line => line.Text.Contains("MemoryError", StringComparison.Ordinal)),
            $"{exit}: {string.Join('\n', lines.Select(line => line.Text))}"
        );
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task Waiting_can_be_given_up_and_begun_again(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var replica = await bench.StartAsync(bench.Shell("a", "echo ready; sleep 1000"));
        await bench.SeeAsync(replica.Id, "ready");
        using var impatience = new CancellationTokenSource();
        var wait = bench.Executor.WaitAsync(replica.Id, impatience.Token);

        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Null(Assert.Single((await bench.Executor.FindAsync(CancellationToken.None)).Value).Exit);
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task Nothing_is_known_of_a_replica_that_is_not_here(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var id = new ReplicaId("0123456789abcdef0123456789abcdef");

        Assert.Equal(ReplicaCause.Lost, (await bench.WaitAsync(id)).Cause);
        Assert.Empty(await bench.LinesAsync(id));
        Assert.True((await bench.Executor.StopAsync(id, CancellationToken.None)).IsOk);
        Assert.True((await bench.Executor.RemoveAsync(id, CancellationToken.None)).IsOk);
    }

    /// <summary>Waits until no process of this machine, a container's included, has this command line.</summary>
    private static Task GoneAsync(string command) =>
        Eventually.IsTrueAsync(
            () =>
                Task.FromResult(
                    !Directory
                        .EnumerateDirectories("/proc")
                        .Where(process => int.TryParse(Path.GetFileName(process), out _))
                        .Any(process => CommandLine(process).StartsWith(command, StringComparison.Ordinal))
                ),
            $"\"{command}\" still runs"
        );

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            // It ended while we looked.
            return "";
        }
    }
}
