using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Output;

/// <summary>How times and states are shown.</summary>
internal sealed record Style(TimeProvider Clock, bool UsesColor, bool FullTimestamps)
{
    public const string Missing = "-";

    private const string Rfc3339 = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary><c>2 minutes ago</c>, or the time itself with --full-timestamps; <c>-</c> when there is none.</summary>
    public string Time(Timestamp? time) =>
        time is null ? Missing
        : FullTimestamps ? FullTime(time)
        : Ages.Words(Clock.GetUtcNow() - time.ToDateTimeOffset()) + " ago";

    /// <summary>The time itself.</summary>
    public static string FullTime(Timestamp? time) => time?.ToDateTimeOffset().ToString(Rfc3339) ?? Missing;

    /// <summary>How long something took, or has been taking until now.</summary>
    public string Duration(Timestamp? started, Timestamp? finished) =>
        started is null
            ? Missing
            : Ages.Words((finished?.ToDateTimeOffset() ?? Clock.GetUtcNow()) - started.ToDateTimeOffset());

    /// <summary>A cell in its color.</summary>
    public Cell Colored(string text, Color color) => Cell.In(UsesColor ? color : Color.None, text);
}
