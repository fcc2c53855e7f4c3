using Braid.Compute.Containers.Engine;
using Braid.Compute.Executors;
using Braid.Primitives;

namespace Braid.Compute.Containers;

/// <summary>The network that a container joins.</summary>
/// <param name="Mode">As the engine names it.</param>
/// <param name="Group">The replicas' own network; empty when it is not one of those.</param>
internal sealed record ContainerNetwork(string Mode, string Group)
{
    private const string machines = "host";

    public bool IsMachines => Mode == machines;

    public static ContainerNetwork Machine { get; } = new(machines, "");

    public static ContainerNetwork None { get; } = new("none", "");

    public static ContainerNetwork Outbound { get; } = new("bridge", "");
}

/// <summary>
/// A group of replicas is a network of the engine, in which its DNS answers their names. It is made for the first member and goes
/// with the last; an engine has room for some thirty at once, unless its address pools are set otherwise.
/// </summary>
internal sealed class ContainerNetworks(EngineClient engine, string owner)
{
    public async Task<Result<ContainerNetwork>> EnsureAsync(ReplicaNetwork wanted, CancellationToken ct)
    {
        if (wanted.Group.Length == 0)
        {
            return wanted == ReplicaNetwork.Machine ? ContainerNetwork.Machine
                : wanted == ReplicaNetwork.None ? ContainerNetwork.None
                : ContainerNetwork.Outbound;
        }

        var network = new ContainerNetwork(NameOf(wanted.Group), wanted.Group);
        var body = EngineClient.Json(
            new()
            {
                Name = network.Mode,
                Labels = new Dictionary<string, string> { [ContainerLabels.Owner] = owner },
            },
            EngineJson.Default.NewNetwork
        );
        var created = await engine.PostAsync("/networks/create", body, EngineJson.Default.CreatedNetwork, ct);
        return created.IsOk || created.Error.Kind == ErrorKind.Conflict ? network : created.Error;
    }

    /// <summary>Removes the group's network, unless it still has members: that the engine refuses.</summary>
    public async Task<Result<Unit>> ReleaseAsync(string group, CancellationToken ct)
    {
        var removed = await engine.DoAsync(HttpMethod.Delete, $"/networks/{NameOf(group)}", ct);
        return removed.Error is { Kind: ErrorKind.Unavailable } away ? away : Unit.Value;
    }

    private string NameOf(string group) => $"braid-{owner}-{group}";
}
