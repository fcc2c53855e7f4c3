namespace Braid.Gateway.Pachyderm.Wire;

/// <summary>Times and durations on the wire.</summary>
internal static class WireTimes
{
    public static Timestamp ToWire(this DateTimeOffset time) => Timestamp.FromDateTimeOffset(time);

    public static Timestamp? ToWire(this DateTimeOffset? time) => time?.ToWire();

    public static Duration ToWire(this TimeSpan span) => Duration.FromTimeSpan(span);

    public static Duration? ToWire(this TimeSpan? span) => span?.ToWire();
}
