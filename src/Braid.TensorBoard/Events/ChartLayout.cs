namespace Braid.TensorBoard.Events;

/// <summary>Which scalars belong into one chart.</summary>
public sealed record LoggedLayout(double WallTime, long Step, string Tag, IReadOnlyList<ChartCategory> Categories)
    : TaggedEvent(WallTime, Step, Tag);

/// <summary>Charts under one heading.</summary>
public sealed record ChartCategory(string Title, bool IsClosed, IReadOnlyList<Chart> Charts);

/// <summary>A chart of several lines, or of bands.</summary>
/// <param name="Tags">Regular expressions over tags, a line for each tag that matches.</param>
/// <param name="Bands">A line with a margin each.</param>
public sealed record Chart(string Title, IReadOnlyList<string> Tags, IReadOnlyList<ChartBand> Bands);

/// <summary>The tags of a line and of its margin.</summary>
public sealed record ChartBand(string Value, string Lower, string Upper);
