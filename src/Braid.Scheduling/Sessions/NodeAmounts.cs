using Braid.Scheduling.Fitting;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Sessions;

/// <summary>Amounts on one node of everything but devices.</summary>
internal sealed class NodeAmounts
{
    private long[] named = [];

    public NodeAmounts(Node source, NamedResources names)
    {
        CpuMillis = source.CpuMillis;
        MemoryBytes = source.MemoryBytes;
        Replicas = source.MaxReplicas;
        foreach (var (name, amount) in source.Extended)
        {
            Set(names.NumberOf(name), amount);
        }

        foreach (var (profile, instances) in source.MigInstances)
        {
            Set(names.NumberOf(GpuNeed.NameOf(profile)), instances);
        }
    }

    private NodeAmounts(NodeAmounts other)
    {
        CpuMillis = other.CpuMillis;
        MemoryBytes = other.MemoryBytes;
        Replicas = other.Replicas;
        named = [.. other.named];
    }

    public long CpuMillis { get; private set; }

    public long MemoryBytes { get; private set; }

    public int Replicas { get; private set; }

    public NodeAmounts Copy() => new(this);

    public long Named(int name) => name < named.Length ? named[name] : 0;

    public void Take(Demand demand, int sign)
    {
        CpuMillis -= sign * demand.CpuMillis;
        MemoryBytes -= sign * demand.MemoryBytes;
        Replicas -= sign;
        foreach (var (name, amount) in demand.Named)
        {
            Set(name, Named(name) - (sign * amount));
        }
    }

    /// <summary>Whether one more of the demand's replicas has room, devices aside.</summary>
    public bool Holds(Demand demand)
    {
        if (IsShort(demand.CpuMillis, CpuMillis) || IsShort(demand.MemoryBytes, MemoryBytes) || Replicas < 1)
        {
            return false;
        }

        foreach (var (name, amount) in demand.Named)
        {
            if (amount > Named(name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Who asks for nothing is not short, even where more was given than there is.</summary>
    private static bool IsShort(long asked, long free) => asked > 0 && asked > free;

    private void Set(int name, long amount)
    {
        if (name >= named.Length)
        {
            Array.Resize(ref named, name + 1);
        }

        named[name] = amount;
    }
}
