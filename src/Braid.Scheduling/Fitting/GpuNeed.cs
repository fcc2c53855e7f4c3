using System.Globalization;
using Braid.Scheduling.Snapshots;

namespace Braid.Scheduling.Fitting;

/// <summary>What kind of devices a replica needs, in the units that nodes count in.</summary>
internal enum GpuNeedKind
{
    None,
    Whole,
    Part,
    Mig,
}

/// <summary>The GPU part of a request.</summary>
internal readonly record struct GpuNeed(GpuNeedKind Kind, int Devices, double Portion, long Mebibytes)
{
    public static GpuNeed Of(GpuRequest request) =>
        request switch
        {
            GpuRequest.Whole { Devices: > 0 } whole => new(GpuNeedKind.Whole, whole.Devices, 1, 0),
            GpuRequest.Fraction { Devices: > 0, Portion: > 0 } part => new(
                GpuNeedKind.Part,
                part.Devices,
                part.Portion,
                0
            ),
            GpuRequest.Memory { Devices: > 0, Mebibytes: > 0 } memory => new(
                GpuNeedKind.Part,
                memory.Devices,
                0,
                memory.Mebibytes
            ),
            GpuRequest.Mig { Instances: > 0 } mig => new(GpuNeedKind.Mig, mig.Instances, 0, 0),
            _ => default,
        };

    /// <summary>
    /// How many units of a device of the node one of the parts takes; more than a device has when the node does not know its
    /// devices' memory and the request is in memory.
    /// </summary>
    public long UnitsOn(long deviceUnits, long deviceMebibytes) =>
        Mebibytes == 0 ? (long)Math.Floor((Portion * deviceUnits) + 1e-6)
        : deviceMebibytes == 0 ? long.MaxValue
        : Mebibytes * (deviceUnits / deviceMebibytes);

    /// <summary>The slices of a device that an instance of a profile such as <c>3g.20gb</c> has.</summary>
    public static int SlicesOf(string profile)
    {
        var digits = profile.AsSpan(0, Math.Max(0, profile.IndexOf('g')));
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var slices) ? slices : 1;
    }

    /// <summary>The name under which nodes count instances of a profile.</summary>
    public static string NameOf(string profile) => "mig-" + profile;
}
