using System.Security.Cryptography;
using System.Text;
using Braid.Agent.Protocol;
using Braid.Compute.Containers;
using Braid.Compute.Executors;
using Braid.Compute.Processes;
using Braid.Compute.Processes.Replicas;
using Braid.Primitives;

namespace Braid.Server.Agents;

/// <summary>What runs replicas on this machine, as its options say.</summary>
/// <param name="Executor">Runs them.</param>
/// <param name="Kinds">What it can run, as a node tells its server.</param>
internal sealed record MachineExecutor(IExecutor Executor, IReadOnlyList<string> Kinds)
{
    private const int ownerDigits = 12;

    /// <param name="processes">Null where containers are all that is wanted.</param>
    /// <param name="folder">The agent's own: containers are known as its by it.</param>
    /// <param name="warn">Told why there are no containers, where there is an engine that does not answer.</param>
    /// <param name="failed">Told the name of a loop and what it threw.</param>
    public static async Task<Result<MachineExecutor>> OpenAsync(
        ExecutorChoice choice,
        ProcessExecutor? processes,
        string folder,
        IdSource ids,
        TimeProvider clock,
        Action<string> warn,
        Action<string, Exception> failed,
        CancellationToken ct
    )
    {
        LocalExecutor? local = processes is null
            ? null
            : LocalExecutor.Open(processes, Path.Combine(folder, "replicas"), ids, clock);
        if (choice.Kind == ExecutorKind.Process && local is not null)
        {
            return new MachineExecutor(local, [NodeMachine.Processes]);
        }

        var opened = await OpenEngineAsync(choice.Engine, folder, clock, failed, ct);
        if (opened.TryGet(out var engine, out var error))
        {
            return local is null
                ? new MachineExecutor(engine, [engine.Kind])
                : new MachineExecutor(new ChoosingExecutor(local, engine), [NodeMachine.Processes, engine.Kind]);
        }

        if (local is null)
        {
            return error;
        }

        if (File.Exists(choice.Engine))
        {
            warn($"no containers run here: {error.Message}");
        }

        return new MachineExecutor(local, [NodeMachine.Processes]);
    }

    private static Task<Result<ContainerExecutor>> OpenEngineAsync(
        string socket,
        string folder,
        TimeProvider clock,
        Action<string, Exception> failed,
        CancellationToken ct
    )
    {
        var own = Path.GetFullPath(folder);
        var owner = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(own)))[..ownerDigits];
        var options = new ContainerOptions
        {
            Socket = socket,
            Owner = owner,
            Folder = Path.Combine(own, "containers"),
        };
        return ContainerExecutor.OpenAsync(options, clock, failed, ct);
    }
}
