namespace Braid.Tracking.Runs.Finding;

/// <summary>Where reading in an order ends.</summary>
/// <param name="IsIncluded">The rows with that value, too.</param>
internal sealed record OrderBound(object Value, bool IsIncluded);
