using Braid.Access.Callers;
using Braid.Agent;
using Braid.Agent.Serving;
using Braid.Compute.Executors;
using Braid.Compute.Processes;
using Braid.Gateway.Web.Agents;
using Braid.Primitives;
using Braid.Server.Doors;
using Braid.Server.Options;
using Microsoft.Extensions.Logging;

namespace Braid.Server.Agents;

/// <summary>The agent of the server's own machine, in its process. Processes die with the server, and are begun again by the next; containers go on.</summary>
internal sealed partial class EmbeddedAgent : IAsyncDisposable
{
    private static readonly TimeSpan betweenTries = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stop = new();
    private readonly IExecutor executor;
    private readonly Task running;

    private EmbeddedAgent(IExecutor executor, NodeAgent agent, ILogger log)
    {
        this.executor = executor;
        running = RunAsync(agent, log);
    }

    public static async Task<Result<EmbeddedAgent>> StartAsync(
        ServeOptions options,
        Stores stores,
        Rooms rooms,
        ProcessExecutor processes,
        Func<string, string> urlOf,
        ILogger log,
        CancellationToken ct
    )
    {
        var folder = Path.Combine(Path.GetFullPath(options.Data), "agent");
        var opened = await MachineExecutor.OpenAsync(
            options.Executor,
            options.Executor.Kind == ExecutorKind.Container ? null : processes,
            folder,
            stores.Ids,
            stores.Clock,
            text => Warned(log, text),
            (_, error) => Failed(log, error),
            ct
        );
        if (!opened.TryGet(out var runs, out var refused))
        {
            return refused;
        }

        var machine = await ThisMachine.ReadAsync(runs.Kinds, text => Warned(log, text), stores.Clock, ct);
        var server = new DeskNodeServer(
            rooms.Workloads.Desk,
            new Caller.Internal("agent"),
            Outputs.Of(rooms, urlOf(DoorPlans.Files)),
            keys => ProgramVariables.Of(urlOf, keys)
        );
        var agent = new NodeAgent(
            new(
                Environment.MachineName,
                machine with
                {
                    Queues = options.AgentQueues,
                },
                new Uri(urlOf(DoorPlans.Web)).Host,
                folder
            )
            {
                Warn = text => Warned(log, text),
            },
            new GuardedNodeServer(server, error => Failed(log, error)),
            runs.Executor,
            stores.Clock,
            stores.Ids
        );
        return new EmbeddedAgent(runs.Executor, agent, log);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        await executor.DisposeAsync();
        stop.Dispose();
    }

    /// <summary>An agent that was refused tries again: the next registration may be taken.</summary>
    private async Task RunAsync(NodeAgent agent, ILogger log)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if ((await agent.RunAsync(stop.Token)).Error is { } refused)
                {
                    Warned(log, refused.Message);
                }
            }
            catch (Exception error)
            {
                Failed(log, error);
            }

            await Task.Delay(betweenTries, TimeProvider.System, stop.Token)
                .ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    [LoggerMessage(LogLevel.Error, "The agent of this machine failed; it goes on")]
    private static partial void Failed(ILogger log, Exception error);

    [LoggerMessage(LogLevel.Warning, "The agent of this machine: {Text}")]
    private static partial void Warned(ILogger log, string text);
}
