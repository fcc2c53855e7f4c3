using System.Globalization;

namespace Braid.Workloads.Replicas;

/// <summary>Why a replica is stopped: it decides what becomes of it.</summary>
internal static class ReleaseReason
{
    /// <summary>Others need its place: it waits for another one.</summary>
    public const string Preempted = "preempted";

    /// <summary>It is begun again; how often it will have been then follows.</summary>
    private const string restarted = "restarted:";

    /// <summary>Its workload is suspended, or wants it no more: it is forgotten.</summary>
    public const string Removed = "removed";

    /// <summary>Its workload has ended.</summary>
    public const string Ended = "ended";

    /// <summary>It goes on to exist and waits for a place.</summary>
    public static bool Waits(string reason) => reason is Preempted || RestartsOf(reason) is not null;

    public static string Restarted(long restarts) =>
        string.Create(CultureInfo.InvariantCulture, $"{restarted}{restarts}");

    /// <summary>How often it will have been begun again; null when it is stopped for another reason.</summary>
    public static long? RestartsOf(string reason) =>
        reason.StartsWith(restarted, StringComparison.Ordinal)
            ? long.Parse(reason.AsSpan(restarted.Length), CultureInfo.InvariantCulture)
            : null;
}
