using System.Collections.Concurrent;
using Braid.Compute.Containers;
using Braid.Compute.Executors;
using Braid.Compute.Processes;
using Braid.Compute.Processes.Replicas;
using Braid.Compute.Tests.Containers;
using Braid.Primitives;
using Braid.Testing;

namespace Braid.Compute.Tests.Conformance;

/// <summary>An executor of one kind, with a folder of its own; removes what it ran.</summary>
internal sealed class ExecutorBench : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly ExecutorKind kind;
    private readonly ConcurrentBag<Exception> failures = [];

    private ExecutorBench(ExecutorKind kind, bool throughProxy)
    {
        this.kind = kind;
        Proxy = throughProxy ? new(folder.File("engine"), TestEngine.SocketOf(kind)) : null;
    }

    /// <summary>Between the executor and its engine; null when the test wanted none.</summary>
    public SocketProxy? Proxy { get; }

    public IExecutor Executor { get; private set; } = null!; // opened with the bench

    /// <summary>Where the test may keep files.</summary>
    public string Folder => Directory.CreateDirectory(folder.File("test")).FullName;

    /// <summary>Where the executor keeps its own.</summary>
    public string State => folder.File("state");

    public static async Task<ExecutorBench> OpenAsync(ExecutorKind kind, bool throughProxy = false)
    {
        var bench = new ExecutorBench(kind, throughProxy);
        await bench.OpenAsync();
        return bench;
    }

    /// <summary>Closes the executor and opens another one in its place, as an agent does that starts again.</summary>
    public async Task ReopenAsync()
    {
        await Executor.DisposeAsync();
        await OpenAsync();
    }

    /// <summary>Containers mount the machine's programs, and have no network unless the test is about it.</summary>
    public ReplicaSpec Spec(string name, params string[] command)
    {
        var spec = new ReplicaSpec
        {
            Name = name,
            Token = 1,
            Command = command,
        };
        return kind == ExecutorKind.Process
            ? spec
            : spec with
            {
                Image = TestEngine.Image,
                Pull = ImagePull.Never,
                Mounts = [new("/usr", "/usr", false), new("/etc/alternatives", "/etc/alternatives", false)],
                Network = ReplicaNetwork.None,
            };
    }

    public ReplicaSpec Shell(string name, string script) => Spec(name, "sh", "-c", script);

    public async Task<Replica> StartAsync(ReplicaSpec spec)
    {
        var started = await Executor.StartAsync(spec, CancellationToken.None);
        Assert.True(started.IsOk, started.Error?.Message);
        return started.Value;
    }

    public async Task<(ReplicaExit Exit, List<ReplicaLine> Lines)> RunAsync(ReplicaSpec spec)
    {
        var replica = await StartAsync(spec);
        var lines = await LinesAsync(replica.Id);
        return (await Executor.WaitAsync(replica.Id, CancellationToken.None), lines);
    }

    /// <summary>All lines until the replica has ended.</summary>
    public async Task<List<ReplicaLine>> LinesAsync(ReplicaId id, long after = 0, bool follow = true)
    {
        var lines = new List<ReplicaLine>();
        await foreach (var line in Executor.LogsAsync(id, after, follow, CancellationToken.None))
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Waits for a line of the replica, and gives it.</summary>
    public async Task<ReplicaLine> SeeAsync(ReplicaId id, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        await foreach (var line in Executor.LogsAsync(id, 0, true, limit.Token))
        {
            if (line.Text == text)
            {
                return line;
            }
        }

        throw new Xunit.Sdk.XunitException($"the replica ended without the line \"{text}\"");
    }

    public async Task<ReplicaExit> WaitAsync(ReplicaId id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        return await Executor.WaitAsync(id, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in (await Executor.FindAsync(CancellationToken.None)).Value)
        {
            await Executor.RemoveAsync(replica.Id, CancellationToken.None);
        }

        await Executor.DisposeAsync();
        await (Proxy?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder.Dispose();
        Assert.Empty(failures);
    }

    private async Task OpenAsync() =>
        Executor = kind == ExecutorKind.Process ? await OpenLocalAsync() : await OpenContainersAsync();

    private async Task<IExecutor> OpenLocalAsync()
    {
        var processes = (await ProcessExecutor.DetectAsync(new(), TimeProvider.System)).Value;
        return LocalExecutor.Open(processes, State, IdSource.System, TimeProvider.System);
    }

    private async Task<IExecutor> OpenContainersAsync()
    {
        await TestEngine.PrepareAsync(kind);
        var options = new ContainerOptions
        {
            Socket = Proxy?.Path ?? TestEngine.SocketOf(kind),
            Owner = Path.GetFileName(folder.Path),
            Folder = State,
        };
        var opened = await ContainerExecutor.OpenAsync(
            options,
            TimeProvider.System,
            (_, error) => failures.Add(error),
            CancellationToken.None
        );
        return opened.Value;
    }
}
