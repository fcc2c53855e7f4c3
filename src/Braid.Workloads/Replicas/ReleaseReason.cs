namespace Braid.Workloads.Replicas;

/// <summary>Why a replica is stopped: it decides what becomes of it.</summary>
internal static class ReleaseReason
{
    /// <summary>Others need its place: it waits for another one.</summary>
    public const string Preempted = "preempted";

    /// <summary>It is begun again with the others of its workload.</summary>
    public const string Restarted = "restarted";

    /// <summary>Its workload is suspended, or wants it no more: it is forgotten.</summary>
    public const string Removed = "removed";

    /// <summary>Its workload has ended.</summary>
    public const string Ended = "ended";

    /// <summary>It goes on to exist and waits for a place.</summary>
    public static bool Waits(string reason) => reason is Preempted or Restarted;
}
