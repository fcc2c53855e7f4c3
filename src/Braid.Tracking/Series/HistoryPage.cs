namespace Braid.Tracking.Series;

/// <summary>Some of a series' history.</summary>
/// <param name="Size">How many samples at most.</param>
/// <param name="Offset">How many of the oldest are left out.</param>
/// <param name="After">Only what comes after this one, whatever has arrived before it meanwhile; then nothing is left out.</param>
public sealed record HistoryPage(int Size, int Offset = 0, Sample? After = null)
{
    /// <summary>
    /// What the page is read into, and whose items it shows then, so that who reads one page after the other needs one list for all; a new
    /// one for each page when it is null.
    /// </summary>
    public List<Sample>? Into { get; init; }

    /// <summary>Everything.</summary>
    public static HistoryPage All { get; } = new(int.MaxValue);
}
