using Braid.Agent;
using Braid.Agent.Protocol;
using Braid.Agent.Serving;
using Braid.Compute.Processes;
using Braid.Compute.Processes.Replicas;
using Braid.Compute.Sandboxes;
using Braid.Primitives;
using Braid.Scheduling;
using Braid.Testing;
using Braid.Tracking.Logs;
using Braid.Workloads.Submission;

namespace Braid.Gateway.Web.Tests.Agents;

/// <summary>A web door whose workloads are placed, and one agent that comes to it over HTTP and runs processes.</summary>
internal sealed class AgentHost : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly CancellationTokenSource stop = new();
    private readonly List<string> troubles = [];
    private HttpNodeServer? http;
    private LocalExecutor? executor;
    private Task<Result<Unit>>? running;

    private AgentHost(WebHost web) => Web = web;

    public WebHost Web { get; }

    /// <summary>What the server's loops and the agent complained about.</summary>
    public IReadOnlyList<string> Troubles => troubles;

    /// <param name="between">Stands between the agent and its server.</param>
    public static async Task<AgentHost> StartAsync(Func<INodeServer, INodeServer>? between = null)
    {
        var host = new AgentHost(await WebHost.StartAsync());
        await host.Web.Rooms.Workloads.StartAsync(
            Scheduler.Decide,
            (loop, error) => host.troubles.Add($"{loop}: {error}"),
            default
        );
        await host.StartAgentAsync(between ?? (server => server));
        return host;
    }

    /// <summary>Ends the agent as a signal would: what it ran dies with it.</summary>
    public async Task StopAgentAsync()
    {
        await stop.CancelAsync();
        await (running ?? Task.FromResult<Result<Unit>>(Unit.Value));
        await (executor?.DisposeAsync() ?? default);
        http?.Dispose();
    }

    public async Task<Workload> SubmitAsync(string name, string script, Func<WorkloadSpec, WorkloadSpec>? change = null)
    {
        var spec = new WorkloadSpec
        {
            Kind = WorkloadKind.Train,
            Command = ["sh", "-c", script],
            Grace = TimeSpan.FromSeconds(2),
        };
        var made = await Web.Rooms.Workloads.Workloads.SubmitAsync(
            WebHost.Internal,
            new(name, "default", change?.Invoke(spec) ?? spec),
            default
        );
        return made.Value;
    }

    public async Task<Workload> UntilAsync(RunId id, Func<Workload, bool> isSo) =>
        await Eventually.GetAsync(
            async () =>
                (await Web.Rooms.Workloads.Workloads.GetAsync(WebHost.Internal, id, default)).Value is { } found
                && isSo(found)
                    ? found
                    : null,
            $"workload {id} as expected: {string.Join("; ", troubles)}"
        );

    public async Task<IReadOnlyList<string>> PrintedAsync(RunId id) =>
        [
            .. (await Web.Rooms.Logs.SliceAsync(WebHost.Internal, id, new(0, 100_000, long.MaxValue), default))
                .Value.Where(line => line.Source is LogSource.Stdout or LogSource.Stderr)
                .Select(line => line.Text),
        ];

    public async ValueTask DisposeAsync()
    {
        await StopAgentAsync();
        await Web.Rooms.Workloads.DisposeAsync();
        await Web.DisposeAsync();
        folder.Dispose();
        stop.Dispose();
    }

    private async Task StartAgentAsync(Func<INodeServer, INodeServer> between)
    {
        var processes = await ProcessExecutor.DetectAsync(new SandboxOptions(), TimeProvider.System);
        executor = LocalExecutor.Open(processes.Value, folder.Path, IdSource.System, TimeProvider.System);
        http = new(Web.Client.BaseAddress ?? throw new InvalidOperationException("the door has no address"), null);
        var agent = new NodeAgent(
            new("node-a", ThisMachine.Read(executor.Kind), "127.0.0.1") { Warn = troubles.Add },
            between(http),
            executor,
            TimeProvider.System,
            IdSource.System
        );
        running = agent.RunAsync(stop.Token);
    }
}
