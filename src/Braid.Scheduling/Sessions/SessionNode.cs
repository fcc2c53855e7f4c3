using Braid.Scheduling.Fitting;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Sessions;

/// <summary>
/// A node while a cycle decides. Everything is counted twice: free is what nobody holds; future is what will be when all
/// who are ending have ended, less what was promised. Future may be less than free: somebody was promised it.
/// </summary>
internal sealed class SessionNode
{
    /// <summary>Units of a device whose memory is unknown.</summary>
    private const long UnknownDevice = 1_000_000;

    private const long UnitsPerMebibyte = 1000;

    public SessionNode(Node source, int index, NamedResources names)
    {
        Source = source;
        Index = index;
        Free = new(source, names);
        Future = new(source, names);
        DeviceUnits = source.Gpus.Mebibytes > 0 ? source.Gpus.Mebibytes * UnitsPerMebibyte : UnknownDevice;
        DeviceFree = Filled(source.Gpus.Count, DeviceUnits);
        DeviceFuture = Filled(source.Gpus.Count, DeviceUnits);
        WholeNow = source.Gpus.Count;
        WholeFuture = source.Gpus.Count;
        UnitsFuture = source.Gpus.Count * DeviceUnits;
        HasGpus = source.Gpus.Count > 0 || source.MigInstances.Count > 0;
    }

    private SessionNode(SessionNode other)
    {
        Source = other.Source;
        Index = other.Index;
        Free = other.Free;
        Future = other.Future.Copy();
        DeviceUnits = other.DeviceUnits;
        DeviceFree = other.DeviceFree;
        DeviceFuture = [.. other.DeviceFuture];
        WholeFuture = other.WholeFuture;
        UnitsFuture = other.UnitsFuture;
        HasGpus = other.HasGpus;
    }

    public Node Source { get; }

    /// <summary>Its place by name.</summary>
    public int Index { get; }

    public NodeAmounts Free { get; }

    public NodeAmounts Future { get; }

    /// <summary>How many units one device has.</summary>
    public long DeviceUnits { get; }

    public long[] DeviceFree { get; }

    public long[] DeviceFuture { get; }

    /// <summary>Devices that nobody has or is promised any part of.</summary>
    public int WholeNow { get; private set; }

    /// <summary>Devices that will be whole.</summary>
    public int WholeFuture { get; private set; }

    /// <summary>The units of all devices that will be free.</summary>
    public long UnitsFuture { get; private set; }

    public bool HasGpus { get; }

    /// <summary>What the node's future is at this moment, to be asked later.</summary>
    public SessionNode CopyFuture() => new(this);

    /// <summary>How many units of each of its devices the demand takes here.</summary>
    public long UnitsOf(GpuNeed need) =>
        need.Kind == GpuNeedKind.Whole ? DeviceUnits : need.UnitsOn(DeviceUnits, Source.Gpus.Mebibytes);

    /// <summary>What a demand counts for its queue when it is placed here.</summary>
    public Resources CostOf(Demand demand) =>
        demand.Gpu.Mebibytes == 0 || Source.Gpus.Mebibytes == 0
            ? demand.Cost
            : demand.Cost with
            {
                Gpus = demand.Gpu.Devices * ((double)demand.Gpu.Mebibytes / Source.Gpus.Mebibytes),
            };

    /// <summary>Somebody holds this from now on (sign 1), or no longer (-1).</summary>
    public void ChangeFree(Demand demand, int[] gpus, int sign)
    {
        Free.Take(demand, sign);
        var units = sign * UnitsOf(demand.Gpu);
        foreach (var gpu in gpus)
        {
            WholeNow -= IsWholeNow(gpu) ? 1 : 0;
            DeviceFree[gpu] -= units;
            WholeNow += IsWholeNow(gpu) ? 1 : 0;
        }
    }

    /// <summary>Somebody will hold this (sign 1), or will not (-1).</summary>
    public void ChangeFuture(Demand demand, int[] gpus, int sign)
    {
        Future.Take(demand, sign);
        var units = sign * UnitsOf(demand.Gpu);
        UnitsFuture -= units * gpus.Length;
        foreach (var gpu in gpus)
        {
            WholeNow -= IsWholeNow(gpu) ? 1 : 0;
            WholeFuture -= DeviceFuture[gpu] == DeviceUnits ? 1 : 0;
            DeviceFuture[gpu] -= units;
            WholeNow += IsWholeNow(gpu) ? 1 : 0;
            WholeFuture += DeviceFuture[gpu] == DeviceUnits ? 1 : 0;
        }
    }

    private bool IsWholeNow(int gpu) => DeviceFree[gpu] == DeviceUnits && DeviceFuture[gpu] == DeviceUnits;

    private static long[] Filled(int count, long units)
    {
        var devices = new long[count];
        Array.Fill(devices, units);
        return devices;
    }
}
