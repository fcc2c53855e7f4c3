namespace Braid.Tracking.Runs.Finding;

/// <summary>How many rows of an index are looked at one by one before another way is tried.</summary>
/// <param name="Few">So many at once.</param>
/// <param name="Many">So many sooner than all runs.</param>
internal sealed record FindingBounds(int Few, int Many)
{
    public static FindingBounds Usual { get; } = new(2_000, 20_000);
}
