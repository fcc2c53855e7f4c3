using Braid.Agent.Protocol;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Runs;
using Braid.Workloads.Keeping;
using Braid.Workloads.Nodes;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Tests.Faults;

/// <summary>A server and its nodes' agents in one process, under a clock that only <see cref="PassAsync"/> moves.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private static readonly TimeSpan second = TimeSpan.FromSeconds(1);

    /// <summary>A question waits for 5 s, and a failing one is asked again after 5 s: who asks is heard so often.</summary>
    private static readonly TimeSpan heard = TimeSpan.FromSeconds(12);

    private readonly TempFolder folder = new();
    private readonly List<Machine> machines = [];
    private readonly WorkloadLoop keeping;
    private readonly LostNodes lost;

    private Cluster(WorkloadsFixture server)
    {
        Server = server;
        keeping = server.NewKeeping();
        lost = new(server.Database, server.Host.Desk, server.Clock);
    }

    public WorkloadsFixture Server { get; }

    public SteppedClock Clock => Server.Clock;

    public static async Task<Cluster> StartAsync() => new(await WorkloadsFixture.OpenAsync());

    /// <summary>A node with an agent; the server knows it when this returns.</summary>
    public async Task<Machine> AddAsync(string node = "node-a", params NodeGpu[] gpus)
    {
        var machine = new Machine(node, this) { Gpus = gpus };
        machines.Add(machine);
        machine.StartAgent();
        await Eventually.IsTrueAsync(
            async () => (await Server.Host.Nodes.ListAsync(default)).Any(one => one.Name == node),
            $"{node} is there"
        );
        return machine;
    }

    /// <summary>An agent's own.</summary>
    public string FolderOf(string node) => folder.File(node);

    /// <summary>Time passes, and the server does what it does every second.</summary>
    public async Task PassAsync(TimeSpan time, TimeSpan? step = null)
    {
        for (var left = time; left > TimeSpan.Zero; left -= step ?? second)
        {
            await StepAsync(step ?? second);
        }
    }

    /// <summary>Time passes until something is so; fails when it is not within five minutes.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        for (var at = 0; !await isSo(); at++)
        {
            Assert.True(at < 300, $"not within 300 s: {what}\n{string.Join('\n', Server.Failures)}");
            await StepAsync(second);
        }
    }

    public Task UntilAsync(RunId id, WorkloadState state) =>
        UntilAsync(async () => (await Server.GetAsync(id)).State == state, $"{id} is {state}");

    /// <summary>One program has done the work, as the run sees it.</summary>
    public async Task AssertDoneOnceAsync(RunId id, params string[] printed)
    {
        var workload = await Server.GetAsync(id);
        Assert.Equal(WorkloadState.Succeeded, workload.State);
        Assert.Single(workload.Events, told => told.Kind == "Succeeded" && told.Text.Length > 0);
        Assert.Equal(RunStatus.Completed, (await Server.RunOfAsync(id)).Status);
        Assert.Equal(printed, (await Server.PrintedAsync(id)).Select(line => line.Text));
        Assert.Empty(Server.Failures);
    }

    public async Task<IReadOnlyList<string>> PrintedAsync(RunId id) =>
        [.. (await Server.PrintedAsync(id)).Select(line => line.Text)];

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in machines)
        {
            await machine.StopAgentAsync();
        }

        await Server.DisposeAsync();
        folder.Dispose();
    }

    private async Task StepAsync(TimeSpan by)
    {
        Clock.Advance(by);
        await lost.StepAsync(default);
        await keeping.StepAsync(default);
        await Server.PlaceAsync();
        foreach (var machine in machines.Where(one => one.Asks))
        {
            await Eventually.IsTrueAsync(() => IsHeardAsync(machine), $"{machine.Node} asks");
        }
    }

    private async Task<bool> IsHeardAsync(Machine machine)
    {
        var node = (await Server.Host.Nodes.ListAsync(default)).FirstOrDefault(one => one.Name == machine.Node);
        return machine.HasNewSign(node?.LastSeen) || Clock.GetElapsedTime(machine.AskedSince) < heard;
    }
}
