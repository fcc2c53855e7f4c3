namespace Braid.Gateway.Web.Workloads;

/// <summary>Times as records have them.</summary>
internal static class Seconds
{
    /// <summary>What is longer than a century is a century: no limit is meant to be.</summary>
    private const double most = 100.0 * 366 * 24 * 3600;

    public static TimeSpan? Of(double? seconds) =>
        seconds is { } given ? TimeSpan.FromSeconds(Math.Clamp(given, -1, most)) : null;
}
