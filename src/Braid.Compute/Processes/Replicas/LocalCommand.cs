using Braid.Compute.Executors;
using Braid.Compute.Users;

namespace Braid.Compute.Processes.Replicas;

/// <summary>What the process of a replica is.</summary>
internal static class LocalCommand
{
    public static ProcessSpec Of(ReplicaSpec spec, UserAccount? user, string hosts) =>
        new()
        {
            Command = [.. spec.Command, .. spec.Arguments],
            Environment = GpuDevices.Shown(spec.Environment, spec.Gpus),
            WorkingDirectory = spec.WorkingDirectory.Length == 0 ? "/" : spec.WorkingDirectory,
            Mounts = [.. spec.Mounts, new(hosts, "/etc/hosts", false)],
            User = user,
            Timeout = spec.Timeout,
            Limits = spec.Limits,
            HostName = spec.Network == ReplicaNetwork.Machine ? null : HostNames.Short(spec),
            HasNetwork = spec.Network != ReplicaNetwork.None,
            Devices = spec.Gpus.Count == 0 ? [] : GpuDevices.All(),
        };
}
