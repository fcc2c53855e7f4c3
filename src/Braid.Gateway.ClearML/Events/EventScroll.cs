using System.Text.Json.Nodes;

namespace Braid.Gateway.ClearML.Events;

/// <summary>How far a client has read the events of a selection.</summary>
/// <param name="Events">How many there were at the first page, beside the lines of the log.</param>
/// <param name="Lines">The lines of the log at the first page.</param>
/// <param name="After">The last event that it was given; null before the first.</param>
/// <param name="LinesRead">How many lines of the log it was given.</param>
internal sealed record EventScroll(long Events, long Lines, EventKey? After, long LinesRead)
{
    public static EventScroll Read(JsonArray parts)
    {
        var numbers = parts.Take(3).Select(part => part!.GetValue<long>()).ToArray();
        var after =
            parts.Count == 3
                ? (EventKey?)null
                : new(
                    parts[3]!.GetValue<long>(),
                    new(
                        (EventKind)parts[4]!.GetValue<int>(),
                        parts[5]!.GetValue<string>(),
                        parts[6]!.GetValue<string>()
                    )
                );
        return new(numbers[0], numbers[1], after, numbers[2]);
    }

    public string ToText() =>
        After is { } last
            ? ScrollId.Write(
                Events,
                Lines,
                LinesRead,
                last.Iteration,
                (int)last.Lane.Kind,
                last.Lane.Metric,
                last.Lane.Variant
            )
            : ScrollId.Write(Events, Lines, LinesRead);
}
