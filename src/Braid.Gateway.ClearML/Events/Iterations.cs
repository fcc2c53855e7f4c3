using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary>The iteration of a value that belongs to the task as a whole has a number of its own on the wire.</summary>
internal static class Iterations
{
    private const long singleValue = int.MinValue;

    public static long ToWire(long step) => step == Point.SingleValueStep ? singleValue : step;

    public static long FromWire(long iteration) => iteration == singleValue ? Point.SingleValueStep : iteration;
}
