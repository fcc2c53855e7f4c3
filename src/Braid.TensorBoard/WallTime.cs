namespace Braid.TensorBoard;

/// <summary>The times of events: seconds since 1970.</summary>
public static class WallTime
{
    /// <summary>The last time that .NET knows, the end of the year 9999.</summary>
    private const double latest = 253_402_300_799;

    /// <summary>Whether it is a time: a number, not negative, of the years that there are.</summary>
    public static bool IsValid(double seconds) => seconds is >= 0 and <= latest;

    /// <summary>Rounded to milliseconds since 1970.</summary>
    public static long ToMilliseconds(double seconds) => (long)Math.Round(seconds * 1000);

    /// <summary>The seconds of a point in time.</summary>
    public static double Of(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;
}
