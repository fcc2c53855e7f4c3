using Braid.Access.Callers;
using Braid.Agent;
using Braid.Agent.Serving;
using Braid.Compute.Processes;
using Braid.Compute.Processes.Replicas;
using Braid.Gateway.Web.Agents;
using Braid.Primitives;
using Braid.Server.Options;
using Microsoft.Extensions.Logging;

namespace Braid.Server.Agents;

/// <summary>The agent of the server's own machine, in its process. What it runs dies with the server, and is begun again by the next.</summary>
internal sealed partial class EmbeddedAgent : IAsyncDisposable
{
    private static readonly TimeSpan betweenTries = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stop = new();
    private readonly LocalExecutor executor;
    private readonly Task running;

    private EmbeddedAgent(LocalExecutor executor, NodeAgent agent, ILogger log)
    {
        this.executor = executor;
        running = RunAsync(agent, log);
    }

    public static EmbeddedAgent Start(
        ServeOptions options,
        Stores stores,
        Rooms rooms,
        ProcessExecutor processes,
        Func<string, string> urlOf,
        ILogger log
    )
    {
        var folder = Path.Combine(Path.GetFullPath(options.Data), "agent");
        var executor = LocalExecutor.Open(processes, Path.Combine(folder, "replicas"), stores.Ids, stores.Clock);
        var server = new DeskNodeServer(
            rooms.Workloads.Desk,
            new Caller.Internal("agent"),
            keys => ProgramVariables.Of(urlOf, keys)
        );
        var agent = new NodeAgent(
            new(
                Environment.MachineName,
                ThisMachine.Read(executor.Kind),
                new Uri(urlOf(Doors.DoorPlans.Web)).Host,
                folder
            )
            {
                Warn = text => Warned(log, text),
            },
            new GuardedNodeServer(server, error => Failed(log, error)),
            executor,
            stores.Clock,
            stores.Ids
        );
        return new(executor, agent, log);
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
