namespace Braid.Compute.Executors;

/// <summary>What a replica uses of its machine.</summary>
/// <param name="Cpu">Processor time since it started, of all that it started.</param>
/// <param name="MemoryBytes">Now.</param>
public sealed record ReplicaUsage(TimeSpan Cpu, long MemoryBytes);
