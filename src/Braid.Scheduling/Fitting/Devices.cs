using Braid.Scheduling.Sessions;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Fitting;

/// <summary>Which devices of a node a replica takes.</summary>
/// <param name="Gpus">Their numbers, ascending.</param>
/// <param name="AreFree">Whether it has them at once.</param>
internal sealed record DeviceChoice(int[] Gpus, bool AreFree);

/// <summary>Counts and chooses devices.</summary>
internal static class Devices
{
    /// <summary>How many more such replicas the devices that will be free could take.</summary>
    public static long RoomFor(SessionNode node, GpuNeed need)
    {
        if (need.Kind == GpuNeedKind.Whole)
        {
            return node.WholeFuture / need.Devices;
        }

        if (need.Kind != GpuNeedKind.Part)
        {
            return long.MaxValue;
        }

        var units = Math.Max(1, node.UnitsOf(need));
        var parts = 0L;
        foreach (var future in node.DeviceFuture)
        {
            parts += Math.Max(0, future) / units;
        }

        return parts / need.Devices;
    }

    /// <summary>Whether the devices that will be free take one such replica, and whether they do now.</summary>
    public static (bool Fits, bool Now) Fit(SessionNode node, GpuNeed need)
    {
        switch (need.Kind)
        {
            case GpuNeedKind.Whole:
                return (node.WholeFuture >= need.Devices, node.WholeNow >= need.Devices);
            case GpuNeedKind.Part:
                var units = node.UnitsOf(need);
                var (future, now) = (0, 0);
                for (var gpu = 0; gpu < node.DeviceFuture.Length; gpu++)
                {
                    future += node.DeviceFuture[gpu] >= units ? 1 : 0;
                    now += Math.Min(node.DeviceFuture[gpu], node.DeviceFree[gpu]) >= units ? 1 : 0;
                }

                return (future >= need.Devices, now >= need.Devices);
            default:
                return (true, true);
        }
    }

    /// <summary>Whether a replica that was told to leave could have its own place back.</summary>
    public static bool HasBack(SessionNode node, SessionReplica replica)
    {
        var units = node.UnitsOf(replica.Demand.Gpu);
        return node.Source.IsReady
            && node.Future.Holds(replica.Demand)
            && Array.TrueForAll(replica.HeldGpus, gpu => node.DeviceFuture[gpu] >= units);
    }

    /// <summary>Whether a device that others have a part of takes the part that is needed.</summary>
    public static bool FitsShared(SessionNode node, GpuNeed need)
    {
        if (need.Kind != GpuNeedKind.Part)
        {
            return false;
        }

        var units = node.UnitsOf(need);
        return Array.Exists(node.DeviceFuture, future => future >= units && future < node.DeviceUnits);
    }

    /// <summary>
    /// Devices that are free now before those that will be; of these the fullest first, or the emptiest when replicas are
    /// spread; then the lowest number.
    /// </summary>
    /// <param name="promised">Devices that an earlier cycle promised: the same again, when they still fit.</param>
    /// <returns>Null when they do not suffice.</returns>
    public static DeviceChoice? Pick(SessionNode node, Demand demand, Placement placement, int[]? promised = null)
    {
        if (demand.Gpu.Kind is GpuNeedKind.None or GpuNeedKind.Mig)
        {
            return new([], AreFree: true);
        }

        var units = node.UnitsOf(demand.Gpu);
        if (
            promised?.Length == demand.Gpu.Devices
            && Array.TrueForAll(promised, gpu => gpu < node.DeviceFuture.Length && node.DeviceFuture[gpu] >= units)
        )
        {
            return new(promised, Array.TrueForAll(promised, gpu => IsFree(node, gpu, units)));
        }

        var fitting = Enumerable
            .Range(0, node.DeviceFuture.Length)
            .Where(gpu => node.DeviceFuture[gpu] >= units)
            .OrderByDescending(gpu => IsFree(node, gpu, units))
            .ThenBy(gpu => placement == Placement.BinPack ? node.DeviceFuture[gpu] : -node.DeviceFuture[gpu])
            .ThenBy(gpu => gpu)
            .Take(demand.Gpu.Devices)
            .ToArray();
        return fitting.Length < demand.Gpu.Devices
            ? null
            : new([.. fitting.Order()], Array.TrueForAll(fitting, gpu => IsFree(node, gpu, units)));
    }

    private static bool IsFree(SessionNode node, int gpu, long units) =>
        Math.Min(node.DeviceFree[gpu], node.DeviceFuture[gpu]) >= units;
}
