using Braid.Cli.CommandLine;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Submitting;

/// <summary>What is wanted of GPUs: whole ones, a part of one, memory of one, or a part that its maker cut off.</summary>
internal static class GpuChoice
{
    public static NewWorkloadRecord Add(NewWorkloadRecord work, Invocation call)
    {
        var devices = Quantities.Devices(call, SubmitFlags.Gpu) ?? Quantities.Devices(call, SubmitFlags.GpuDevices);
        var portion = Quantities.Devices(call, SubmitFlags.GpuPortion);
        var memory = Quantities.Bytes(call, SubmitFlags.GpuMemory) ?? Quantities.Bytes(call, SubmitFlags.GpuMemory2);
        var mig = call.Text(SubmitFlags.Mig) ?? call.Text(SubmitFlags.MigProfile);
        // v2 writes a part as devices=1 with a portion, a memory or a profile.
        return portion is not null || memory is not null || mig is not null
            ? devices is null or 1
                ? Add(work, portion ?? 0) with
                {
                    GpuMemoryBytes = memory ?? 0,
                    MigProfile = mig,
                }
                : throw new Failure("parts of GPUs are of one device: leave --gpu out, or make it 1")
            : Add(work, devices ?? 0);
    }

    private static NewWorkloadRecord Add(NewWorkloadRecord work, double devices) =>
        devices < 1 ? work with { GpuFraction = devices }
        : devices == Math.Floor(devices) && devices <= int.MaxValue ? work with { Gpus = (int)devices }
        : throw new Failure($"GPUs are wanted whole, or as a part of one: not {devices}");
}
