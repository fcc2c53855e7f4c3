namespace Braid.Tracking.Series;

/// <summary>Some of the steps of a series.</summary>
/// <param name="Size">How many steps at most.</param>
/// <param name="Beyond">Only steps after this one (descending: before it); null from the beginning (the end).</param>
/// <param name="IsDescending">Greatest step first.</param>
public sealed record StepPage(int Size, long? Beyond = null, bool IsDescending = false)
{
    /// <summary>Every step, in rising order.</summary>
    public static StepPage All { get; } = new(int.MaxValue);

    internal bool Includes(long step) => Beyond is not { } beyond || (IsDescending ? step < beyond : step > beyond);
}
