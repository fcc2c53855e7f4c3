using Braid.Tracking.Plots;

namespace Braid.Gateway.ClearML.Events;

/// <summary>The protocol's words for kinds of events.</summary>
internal static class EventTypes
{
    public const string Scalar = "training_stats_scalar";
    public const string Log = "log";
    public const string Plot = "plot";
    public const string DebugImage = "training_debug_image";
    public const string Vector = "training_stats_vector";

    /// <summary>The kind of plot that an event's type is; null for other types.</summary>
    public static PlotKind? PlotKindOf(string type) =>
        type switch
        {
            Plot => PlotKind.Plot,
            DebugImage => PlotKind.DebugSample,
            Vector => PlotKind.Vector,
            _ => null,
        };
}
