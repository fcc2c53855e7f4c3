namespace Braid.Gateway.Web.Workloads.Records;

/// <summary>So much of the machines: devices, thousandths of processors, bytes.</summary>
internal sealed record MachinePartsRecord(double Gpus, long CpuMillicores, long MemoryBytes);
