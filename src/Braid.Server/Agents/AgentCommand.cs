using Braid.Agent;
using Braid.Agent.Serving;
using Braid.Compute.Processes;
using Braid.Compute.Sandboxes;
using Braid.Primitives;
using Braid.Server.Folder;
using Braid.Server.Options;

namespace Braid.Server.Agents;

/// <summary><c>agent</c>: 1 read the options; 2 take the folder; 3 find what runs replicas here; 4 work until a signal.</summary>
internal static class AgentCommand
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken stop)
    {
        if (args is ["--help" or "-h"])
        {
            await Console.Out.WriteLineAsync(AgentCommandOptions.Usage());
            return ExitCodes.Stopped;
        }

        // 1
        var (options, mistakes) = AgentCommandOptions.Read(args, Environment.GetEnvironmentVariable);
        if (options is null)
        {
            foreach (var mistake in mistakes)
            {
                await SayAsync(mistake);
            }

            return ExitCodes.BadOptions;
        }

        // 2
        Directory.CreateDirectory(options.Data, PrivateFile.FolderMode);
        using var folder = FolderLock.TryTake(options.Data);
        if (folder is null)
        {
            await SayAsync(
                $"another agent is running on {options.Data}; stop it first, or give this one another --data"
            );
            return ExitCodes.FolderTaken;
        }

        return await WorkAsync(options, stop);
    }

    private static async Task<int> WorkAsync(AgentCommandOptions options, CancellationToken stop)
    {
        // 3
        var clock = TimeProvider.System;
        if (!(await OpenAsync(options, clock, stop)).TryGet(out var runs, out var error))
        {
            await SayAsync(error.Message);
            return ExitCodes.Failed;
        }

        await using var executor = runs.Executor;
        using var server = new HttpNodeServer(options.Server, options.Keys, clock);
        var machine = await ThisMachine.ReadAsync(runs.Kinds, Console.Error.WriteLine, clock, stop) with
        {
            Pool = options.Pool,
            Labels = options.Labels,
            Taints = options.Taints,
            Queues = options.Queues,
            Address = (await options.FindAddressAsync(stop)).ToString(),
        };
        var agent = new NodeAgent(
            new(options.Node, machine, options.Server.Host, options.Data) { Warn = Console.Error.WriteLine },
            server,
            executor,
            clock,
            IdSource.System
        );

        // 4
        await Console.Out.WriteLineAsync($"agent of {options.Node} for {options.Server}");
        var ended = await agent.RunAsync(stop);
        if (ended.Error is { } refused)
        {
            await SayAsync(refused.Message);
            return ExitCodes.Failed;
        }

        return ExitCodes.Stopped;
    }

    private static async Task<Result<MachineExecutor>> OpenAsync(
        AgentCommandOptions options,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        ProcessExecutor? processes = null;
        if (options.Executor.Kind != ExecutorKind.Container)
        {
            var detected = await ProcessExecutor.DetectAsync(new SandboxOptions(), clock);
            if (!detected.TryGet(out processes, out var error))
            {
                return error;
            }
        }

        return await MachineExecutor.OpenAsync(
            options.Executor,
            processes,
            options.Data,
            IdSource.System,
            clock,
            Console.Error.WriteLine,
            (loop, error) => Console.Error.WriteLine($"{loop}: {error.Message}"),
            stop
        );
    }

    private static Task SayAsync(string text) => Console.Error.WriteLineAsync($"braid agent: {text}");
}
