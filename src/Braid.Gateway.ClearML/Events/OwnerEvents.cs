using Braid.Tracking.Logs;
using Braid.Tracking.Plots;
using Braid.Tracking.Series;

namespace Braid.Gateway.ClearML.Events;

/// <summary>The events of a batch that belong to one task or model, sorted by kind.</summary>
internal sealed class OwnerEvents(SeriesOwner owner)
{
    public SeriesOwner Owner => owner;
    public List<Point> Points { get; } = [];
    public List<PlotEvent> Plots { get; } = [];
    public List<LogLine> Lines { get; } = [];

    /// <summary>True when an event may be added although its owner is published.</summary>
    public bool AllowsLocked { get; set; }

    public int Count => Points.Count + Plots.Count + Lines.Count;
}
