using System.Net;
using Braid.Agent.Protocol;
using Braid.Compute.Executors;
using Braid.Compute.Processes;

namespace Braid.Agent.Attempts;

/// <summary>Orders in the words of executors, and back.</summary>
internal static class AttemptSpecs
{
    private const string workloadLabel = "braid.workload";
    private const string replicaLabel = "braid.replica";
    private const double thousand = 1000;

    public static ReplicaSpec Of(NodeOrder order, NodeProgram program, AgentOptions options) =>
        new()
        {
            Name = $"{order.Attempt.Workload}.{order.Attempt.Replica}",
            Token = order.Attempt.Fence,
            Labels = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [workloadLabel] = order.Attempt.Workload,
                [replicaLabel] = order.Attempt.Replica,
            },
            Image = program.Image,
            Command = program.Command,
            Arguments = program.Arguments,
            Environment = EnvironmentOf(program, options),
            WorkingDirectory = program.WorkingDirectory,
            Mounts = MountsOf(order, program, options),
            Limits = new() { Cpu = program.CpuMillicores / thousand, MemoryBytes = program.MemoryBytes },
            Gpus = DevicesOf(order, options.Machine),
            Network =
                program.HostName.Length > 0 ? ReplicaNetwork.Of(order.Attempt.Workload)
                : IsContainerOfServersMachine(program, options) ? ReplicaNetwork.Machine
                : ReplicaNetwork.Outbound,
            HostName = program.HostName,
            Hosts = ElsewhereOf(program, options.Machine),
            StopGrace = TimeSpan.FromSeconds(program.GraceSeconds),
            Timeout = program.TimeLimitSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };

    /// <summary>The ids of the devices that an attempt has.</summary>
    public static IReadOnlyList<string> DevicesOf(NodeOrder order, NodeMachine machine) =>
        [.. order.Gpus.Select(number => DeviceOf(machine, number))];

    /// <summary>The attempt that a replica is; null of one that no agent started.</summary>
    public static AttemptName? AttemptOf(Replica replica) =>
        replica.Labels.TryGetValue(workloadLabel, out var workload)
        && replica.Labels.TryGetValue(replicaLabel, out var name)
            ? new(workload, name, replica.Token)
            : null;

    private static Dictionary<string, string> EnvironmentOf(NodeProgram program, AgentOptions options)
    {
        var environment = program.Environment.ToDictionary(
            pair => pair.Key,
            pair => pair.Value.Replace(NodeProgram.ServerHost, options.ServerHost, StringComparison.Ordinal),
            StringComparer.Ordinal
        );
        environment.TryAdd(ClientSettings.Variable.Key, ClientSettings.Variable.Value);
        environment[OutputFolder.Variable.Key] = OutputFolder.Variable.Value;
        return environment;
    }

    private static IReadOnlyList<Mount> MountsOf(NodeOrder order, NodeProgram program, AgentOptions options) =>
        [
            ClientSettings.MountOf(options.Folder),
            OutputFolder.MountOf(options.Folder, order.Attempt),
            .. AttemptFiles.MountsOf(options.Folder, order.Attempt, program.Files),
            .. program.Volumes.Select(volume => new Mount(volume.Source, volume.Target, !volume.IsReadOnly)),
        ];

    /// <summary>Devices are numbered in their order, the whole ones first.</summary>
    private static string DeviceOf(NodeMachine machine, int number) =>
        machine.Gpus.OrderBy(gpu => gpu.MigProfile is not null).ElementAtOrDefault(number)?.Uuid ?? $"{number}";

    /// <summary>From a network of its own it would not reach a server that listens on loopback.</summary>
    private static bool IsContainerOfServersMachine(NodeProgram program, AgentOptions options) =>
        program.Image.Length > 0
        && options.Machine.Executors.Any(kind => kind != NodeMachine.Processes)
        && (
            options.ServerHost == "localhost"
            || (IPAddress.TryParse(options.ServerHost, out var address) && IPAddress.IsLoopback(address))
        );

    /// <summary>Peers on other nodes; those on this one find each other by the executor's means.</summary>
    private static Dictionary<string, IPAddress> ElsewhereOf(NodeProgram program, NodeMachine machine) =>
        program
            .Peers.Where(peer => peer.Value != machine.Address)
            .Select(peer => (peer.Key, Address: IPAddress.TryParse(peer.Value, out var address) ? address : null))
            .Where(peer => peer.Address is not null)
            .ToDictionary(peer => peer.Key, peer => peer.Address ?? IPAddress.Loopback, StringComparer.Ordinal);
}
