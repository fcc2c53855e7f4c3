using System.Globalization;
using Braid.Compute.Containers.Engine;
using Braid.Compute.Executors;

namespace Braid.Compute.Containers;

/// <summary>The container that a replica becomes.</summary>
internal static class ContainerRequest
{
    private const double billion = 1e9;

    /// <param name="network">The network that it joins.</param>
    public static NewContainer Of(ReplicaSpec spec, string owner, ContainerNetwork network, bool isPodman) =>
        new()
        {
            Image = spec.Image,
            Hostname = network.IsMachines ? null : HostNames.Short(spec),
            User = spec.User,
            WorkingDir = spec.WorkingDirectory.Length > 0 ? spec.WorkingDirectory : null,
            Entrypoint = spec.Command.Count > 0 ? spec.Command : null,
            Cmd = spec.Arguments.Count > 0 ? spec.Arguments : null,
            Env = Environment(spec),
            Labels = ContainerLabels.Of(spec, owner, network.Group),
            StopSignal = spec.StopSignal.ToString(CultureInfo.InvariantCulture),
            StopTimeout = (int)Math.Ceiling(spec.StopGrace.TotalSeconds),
            HostConfig = Host(spec, network, isPodman),
            NetworkingConfig =
                network.Group.Length > 0
                    ? new(new Dictionary<string, EndpointSettings> { [network.Mode] = new(HostNames.All(spec)) })
                    : null,
        };

    private static HostConfig Host(ReplicaSpec spec, ContainerNetwork network, bool isPodman) =>
        new()
        {
            NetworkMode = network.Mode,
            Mounts = [.. spec.Mounts.Select(mount => new BindMount(mount.Source, mount.Target, !mount.Writable))],
            ExtraHosts = [.. spec.Hosts.Select(host => $"{host.Key}:{host.Value}")],
            LogConfig = Log(isPodman),
            Memory = spec.Limits.MemoryBytes,
            MemorySwap = spec.Limits.MemoryBytes,
            NanoCpus = spec.Limits.Cpu is { } cpu ? (long)(cpu * billion) : null,
            Ulimits = spec.Limits.OpenFiles is { } files ? [new("nofile", files, files)] : null,
            DeviceRequests =
                spec.Gpus.Count > 0
                    ?
                    [
                        new(
                            "nvidia",
                            spec.Gpus,
                            [
                                ["gpu"],
                            ]
                        ),
                    ]
                    : null,
        };

    /// <summary>Lines are numbered from the first, so none may be rotated away, whatever the engine's defaults are.</summary>
    private static LogConfig Log(bool isPodman) =>
        isPodman
            ? new("k8s-file", new Dictionary<string, string>())
            : new("json-file", new Dictionary<string, string> { ["max-size"] = "1000000g" });

    /// <summary>Images made for GPUs ask for all of them by themselves, and the default runtime may give them.</summary>
    private static List<string> Environment(ReplicaSpec spec)
    {
        var variables = spec.Environment.Select(variable => $"{variable.Key}={variable.Value}").ToList();
        if (spec.Gpus.Count == 0)
        {
            variables.Add("NVIDIA_VISIBLE_DEVICES=void");
        }

        return variables;
    }
}
