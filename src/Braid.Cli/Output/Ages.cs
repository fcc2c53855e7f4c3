namespace Braid.Cli.Output;

/// <summary>Durations in words, rounded the way pachctl rounds them.</summary>
internal static class Ages
{
    public static string Words(TimeSpan duration)
    {
        var hours = (int)Math.Round(duration.TotalHours, MidpointRounding.AwayFromZero);
        return duration switch
        {
            { TotalSeconds: < 1 } => "Less than a second",
            { TotalSeconds: < 2 } => "1 second",
            { TotalSeconds: < 60 } => $"{(int)duration.TotalSeconds} seconds",
            { TotalMinutes: < 2 } => "About a minute",
            { TotalMinutes: < 60 } => $"{(int)duration.TotalMinutes} minutes",
            _ when hours == 1 => "About an hour",
            _ when hours < 48 => $"{hours} hours",
            _ when hours < 24 * 7 * 2 => $"{hours / 24} days",
            _ when hours < 24 * 30 * 2 => $"{hours / 24 / 7} weeks",
            _ when hours < 24 * 365 * 2 => $"{hours / 24 / 30} months",
            _ => $"{(int)duration.TotalDays / 365} years",
        };
    }
}
