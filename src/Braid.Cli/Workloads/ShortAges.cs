namespace Braid.Cli.Workloads;

/// <summary>Durations as Run:ai's tables have them: one number and its unit.</summary>
internal static class ShortAges
{
    public static string Of(TimeSpan age) =>
        age switch
        {
            { TotalSeconds: < 60 } => $"{(int)Math.Max(0, age.TotalSeconds)}s",
            { TotalMinutes: < 60 } => $"{(int)age.TotalMinutes}m",
            { TotalHours: < 24 } => $"{(int)age.TotalHours}h",
            { TotalDays: < 365 } => $"{(int)age.TotalDays}d",
            _ => $"{(int)age.TotalDays / 365}y",
        };
}
