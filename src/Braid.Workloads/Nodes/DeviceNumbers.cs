using System.Globalization;
using Braid.Scheduling.Snapshots;

namespace Braid.Workloads.Nodes;

/// <summary>
/// How a machine's devices are numbered: whole ones first, in their order, which scheduling places by number; then the instances of
/// divided ones (MIG), of which it only counts how many are free.
/// </summary>
internal static class DeviceNumbers
{
    /// <summary>What the driver calls them, whose own numbers count divided devices, too: UUIDs; the numbers where it tells none.</summary>
    public static IReadOnlyList<string> NamesOf(Machine machine, IReadOnlyList<int> numbers)
    {
        var devices = machine.Gpus.OrderBy(gpu => gpu.MigProfile is not null).ToList();
        return
        [
            .. numbers.Select(number =>
                number < devices.Count && devices[number].Uuid.Length > 0
                    ? devices[number].Uuid
                    : number.ToString(CultureInfo.InvariantCulture)
            ),
        ];
    }

    /// <summary>The first instances of a profile that nobody has.</summary>
    /// <param name="taken">Numbers of devices that others have.</param>
    public static IReadOnlyList<int> Pick(Machine machine, GpuRequest.Mig asked, IReadOnlySet<int> taken)
    {
        var free = machine
            .Gpus.OrderBy(gpu => gpu.MigProfile is not null)
            .Index()
            .Where(gpu => gpu.Item.MigProfile == asked.Profile && !taken.Contains(gpu.Index))
            .Select(gpu => gpu.Index)
            .Take(asked.Instances)
            .ToList();
        return free.Count == asked.Instances
            ? free
            : throw new InvalidDataException(
                $"{asked.Instances} free {asked.Profile} were placed, but {free.Count} are there"
            );
    }
}
