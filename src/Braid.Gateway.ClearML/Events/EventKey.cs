namespace Braid.Gateway.ClearML.Events;

/// <summary>The kinds of events that have an iteration, in the order in which those of one iteration come.</summary>
internal enum EventKind
{
    SingleValue,
    Scalar,
    Plot,
    DebugImage,
    Vector,
}

/// <summary>The events of one kind, metric and variant: one for each iteration.</summary>
internal readonly record struct EventLane(EventKind Kind, string Metric, string Variant) : IComparable<EventLane>
{
    public int CompareTo(EventLane other)
    {
        var order = Kind.CompareTo(other.Kind);
        order = order != 0 ? order : string.CompareOrdinal(Metric, other.Metric);
        return order != 0 ? order : string.CompareOrdinal(Variant, other.Variant);
    }
}

/// <summary>The place of an event among all: by iteration, rising or falling; within one, by lane.</summary>
internal readonly record struct EventKey(long Iteration, EventLane Lane);

/// <summary>Which of two events comes first.</summary>
internal sealed class EventOrder(bool isDescending) : IComparer<EventKey>
{
    public bool IsDescending => isDescending;

    public int Compare(EventKey x, EventKey y)
    {
        var order = isDescending ? y.Iteration.CompareTo(x.Iteration) : x.Iteration.CompareTo(y.Iteration);
        return order != 0 ? order : x.Lane.CompareTo(y.Lane);
    }

    /// <summary>Beyond which iteration a lane goes on after an event, null for from its beginning.</summary>
    public long? Beyond(EventKey? after, EventLane lane)
    {
        if (after is not { } last || last.Lane.CompareTo(lane) >= 0)
        {
            return after?.Iteration;
        }

        // Its event of the same iteration is still to come.
        return isDescending
            ? last.Iteration == long.MaxValue
                ? null
                : last.Iteration + 1
            : last.Iteration == long.MinValue
                ? null
                : last.Iteration - 1;
    }
}
