namespace Braid.Agent.Protocol;

/// <summary>Names one attempt of a replica.</summary>
/// <param name="Workload">32 hex digits: also its run's.</param>
/// <param name="Fence">Its number: a later attempt of the replica has a higher one.</param>
public sealed record AttemptName(string Workload, string Replica, long Fence);
