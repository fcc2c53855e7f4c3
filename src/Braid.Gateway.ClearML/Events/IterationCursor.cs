using System.Globalization;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Events;

/// <summary>
/// How far a client has gone through the iterations of some tasks: the range of those it was shown, of each task. Its text form
/// (<c>task:oldest:newest;...</c>) is the scroll id, so nothing is kept here between calls.
/// </summary>
internal sealed class IterationCursor
{
    private readonly Dictionary<Hex32, (long Oldest, long Newest)> shown = [];

    public static IterationCursor Read(Fields fields)
    {
        var cursor = new IterationCursor();
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
    /// <param name="all">Newest first.</param>
    public IReadOnlyList<long> Next(Hex32 task, IReadOnlyList<long> all, int count, bool isEarlier)
    {
        var next =
            !shown.TryGetValue(task, out var range) ? [.. all.Take(count)]
            : isEarlier ? [.. all.Where(iteration => iteration < range.Oldest).Take(count)]
            : all.Where(iteration => iteration > range.Newest).TakeLast(count).ToList();
        if (next.Count > 0)
        {
            shown[task] = (next[^1], next[0]);
        }

        return next;
    }

    public string ToScrollId() =>
        string.Join(';', shown.Select(one => $"{one.Key}:{one.Value.Oldest}:{one.Value.Newest}"));

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
