using System.Net;
using Braid.Compute.Executors;

namespace Braid.Compute.Tests.Conformance;

/// <summary>What a replica sees: variables, folders, mounts, limits, names.</summary>
public sealed class SurroundingsTests
{
    private const string serve = """
        import socket
        s = socket.create_server((socket.gethostname(), 2222))
        print('ready', flush=True)
        c, _ = s.accept()
        print(c.makefile().readline().strip(), flush=True)
        c.sendall(b'hello from ' + socket.gethostname().encode() + b'\n')
        c.recv(1)
        """;

    private const string call = """
        import socket, sys
        s = socket.create_connection((sys.argv[1], 2222), 20)
        s.sendall(b'hello from ' + socket.gethostname().encode() + b'\n')
        print(s.makefile().readline().strip(), flush=True)
        """;

    [Theory, InProcesses, InDocker, InPodman]
    public async Task What_it_and_all_that_it_started_use_is_counted_until_it_ends(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var replica = await bench.StartAsync(
            bench.Shell("a", "(i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done); echo busy; sleep 60")
        );
        await bench.SeeAsync(replica.Id, "busy");

        var usage = await bench.Executor.MeasureAsync(replica.Id, CancellationToken.None);
        await bench.Executor.StopAsync(replica.Id, CancellationToken.None);
        var ended = await bench.Executor.MeasureAsync(replica.Id, CancellationToken.None);

        Assert.InRange(usage.Value.Cpu.TotalSeconds, 0.01, 60);
        Assert.InRange(usage.Value.MemoryBytes, 1 << 16, 1L << 32);
        Assert.Equal(Braid.Primitives.ErrorKind.NotFound, ended.Error?.Kind);
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task Variables_arguments_and_directory_arrive_as_they_are(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var spec = bench.Shell("a", "echo \"$A|$B\"; pwd; printf '%s\\n' \"$@\"") with
        {
            Arguments = ["zero", "1 2", "$A", ""],
            Environment = new Dictionary<string, string> { ["A"] = "x y=z", ["B"] = "$A\"'" },
            WorkingDirectory = "/tmp",
        };

        var (_, lines) = await bench.RunAsync(spec);

        Assert.Equal(["x y=z|$A\"'", "/tmp", "1 2", "$A", ""], lines.Select(line => line.Text));
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task Inputs_are_read_only_and_outputs_stay(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var input = Directory.CreateDirectory(Path.Combine(bench.Folder, "in")).FullName;
        var output = Directory.CreateDirectory(Path.Combine(bench.Folder, "out")).FullName;
        await File.WriteAllTextAsync(Path.Combine(input, "a"), "hello");
        var spec = bench.Shell(
            "a",
            "cp /pfs/IN/a /pfs/out/b; echo x 2>/dev/null > /pfs/IN/a && echo written; cat /pfs/one; ls /pfs"
        ) with
        {
            Mounts =
            [
                .. bench.Spec("a").Mounts,
                new(input, "/pfs/IN", false),
                new(output, "/pfs/out", true),
                new(Path.Combine(input, "a"), "/pfs/one", false),
            ],
        };

        var (_, lines) = await bench.RunAsync(spec);

        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(output, "b")));
        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(input, "a")));
        Assert.Equal(["helloIN", "one", "out"], lines.Where(line => !line.IsError).Select(line => line.Text));
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task A_folder_that_is_not_there_is_not_made_but_told(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var missing = Path.Combine(bench.Folder, "missing");

        var start = await bench.Executor.StartAsync(
            bench.Spec("a", "true") with
            {
                Mounts = [.. bench.Spec("a").Mounts, new(missing, "/pfs/IN", false)],
            },
            CancellationToken.None
        );

        Assert.Equal("compute.cannot-start", start.Error?.Code);
        Assert.Contains(missing, start.Error?.Message);
        Assert.False(Directory.Exists(missing));
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task It_runs_as_the_user_that_the_spec_names(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);

        var (_, lines) = await bench.RunAsync(bench.Shell("a", "id -u; id -g") with { User = "1234:2345" });

        Assert.Equal(["1234", "2345"], lines.Select(line => line.Text));
    }

    // Podman's runtime may need limits of its own where this machine's are low.
    [Theory, InProcesses, InDocker]
    public async Task Open_files_are_limited(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);

        var (_, lines) = await bench.RunAsync(bench.Shell("a", "ulimit -n") with { Limits = new() { OpenFiles = 77 } });

        Assert.Equal(["77"], lines.Select(line => line.Text));
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task It_has_its_own_name_and_knows_the_hosts_it_is_told(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        var spec = bench.Shell(
            "a",
            "hostname; getent ahostsv4 far.example | head -1; getent hosts $(hostname) > /dev/null && echo own"
        ) with
        {
            HostName = "job-worker-0",
            Network = ReplicaNetwork.Of("job"),
            Hosts = new Dictionary<string, IPAddress> { ["far.example"] = IPAddress.Parse("10.9.8.7") },
        };

        var (_, lines) = await bench.RunAsync(spec);

        Assert.Equal("job-worker-0", lines[0].Text);
        Assert.StartsWith("10.9.8.7 ", lines[1].Text);
        Assert.Equal("own", lines[2].Text);
    }

    // Podman answers names only where its DNS plugin is installed.
    [Theory, InProcesses, InDocker]
    public async Task Peers_of_a_group_reach_each_other_by_name_at_the_same_port(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);
        ReplicaSpec Peer(string name, string program, params string[] arguments) =>
            bench.Spec(name, ["python3", "-c", program, .. arguments]) with
            {
                HostName = $"job-{name}",
                Network = ReplicaNetwork.Of("job"),
            };
        // The first does not know the second when it starts; each listens at port 2222 of its own name.
        var first = await bench.StartAsync(Peer("first", serve));
        var second = await bench.StartAsync(Peer("second", serve));
        await bench.SeeAsync(first.Id, "ready");
        await bench.SeeAsync(second.Id, "ready");

        var (toFirst, firstAnswer) = await bench.RunAsync(Peer("third", call, "job-first"));
        var (toSecond, secondAnswer) = await bench.RunAsync(Peer("fourth", call, "job-second"));

        Assert.Equal("hello from job-first", string.Join('\n', firstAnswer.Select(line => line.Text)));
        Assert.Equal("hello from job-second", string.Join('\n', secondAnswer.Select(line => line.Text)));
        Assert.True(toFirst.IsSuccess && toSecond.IsSuccess);
        Assert.Equal(["ready", "hello from job-third"], (await bench.LinesAsync(first.Id)).Select(line => line.Text));
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task Without_network_nothing_is_reached(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);

        var (_, lines) = await bench.RunAsync(
            bench.Shell("a", "cat /proc/net/dev | tail -n +3 | cut -d: -f1 | tr -d ' '") with
            {
                Network = ReplicaNetwork.None,
            }
        );

        Assert.Equal(["lo"], lines.Select(line => line.Text));
    }

    [Theory, InProcesses, InDocker, InPodman]
    public async Task Gpus_are_refused_where_there_are_none(ExecutorKind kind)
    {
        await using var bench = await ExecutorBench.OpenAsync(kind);

        var start = await bench.Executor.StartAsync(
            bench.Spec("a", "true") with
            {
                Gpus = ["GPU-0"],
            },
            CancellationToken.None
        );

        if (!File.Exists("/dev/nvidiactl"))
        {
            Assert.Equal("compute.no-gpus", start.Error?.Code);
            Assert.Empty((await bench.Executor.FindAsync(CancellationToken.None)).Value);
        }
    }
}
