using System.Globalization;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Plots;

namespace Braid.Gateway.ClearML.Events;

/// <summary>
/// How far a client has gone through the debug images of some tasks: the range of iterations it was shown, of each task. Its
/// text form (<c>task:oldest:newest;...</c>) is the scroll id, so nothing is kept here between calls.
/// </summary>
internal sealed class DebugImageCursor
{
    private readonly Dictionary<Hex32, (long Oldest, long Newest)> shown = [];

    public static DebugImageCursor Read(Fields fields)
    {
        var cursor = new DebugImageCursor();
        foreach (var part in (fields.Text("scroll_id") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (
                part.Split(':') is [var task, var oldest, var newest]
                && Hex32.TryParse(task, out var id)
                && TryNumber(oldest, out var from)
                && TryNumber(newest, out var to)
            )
            {
                cursor.shown[id] = (from, to);
            }
            else
            {
                fields.Refuse(Errors.InvalidScroll());
            }
        }

        return cursor;
    }

    /// <summary>The next iterations to show of a task, newest first; it remembers them as shown.</summary>
    public IReadOnlyList<IGrouping<long, PlotEvent>> Next(
        Hex32 task,
        IReadOnlyList<PlotEvent> samples,
        int count,
        bool isEarlier
    )
    {
        var all = samples.GroupBy(sample => sample.Iteration).OrderByDescending(iteration => iteration.Key);
        var next =
            !shown.TryGetValue(task, out var range) ? [.. all.Take(count)]
            : isEarlier ? [.. all.Where(iteration => iteration.Key < range.Oldest).Take(count)]
            : all.Where(iteration => iteration.Key > range.Newest).TakeLast(count).ToList();
        if (next.Count > 0)
        {
            shown[task] = (next[^1].Key, next[0].Key);
        }

        return next;
    }

    public string ToScrollId() =>
        string.Join(';', shown.Select(one => $"{one.Key}:{one.Value.Oldest}:{one.Value.Newest}"));

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
