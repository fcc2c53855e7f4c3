using System.Globalization;
using Braid.Pipelines.Specs;
using Braid.Primitives.Cron;

namespace Braid.Pipelines.Cron;

/// <summary>Which ticks of a cron input are due. A tick is a file named by its time.</summary>
internal static class DueTicks
{
    private const string format = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Ticks that come together at most; those that are left come next.</summary>
    public const int MostAtOnce = 10_000;

    /// <param name="last">The newest tick that there is; null: none yet.</param>
    /// <param name="made">When the pipeline's version was made: ticks count from there when the spec does not say.</param>
    public static IReadOnlyList<DateTimeOffset> Of(
        Input.Cron input,
        DateTimeOffset? last,
        DateTimeOffset made,
        DateTimeOffset now
    )
    {
        var due = new List<DateTimeOffset>();
        // The spec was checked when the pipeline was made.
        if (CronSchedule.TryParse(input.Spec, out var schedule))
        {
            var next = schedule.Next(Begin(input, last, made));
            while (next is { } time && time <= now && due.Count < MostAtOnce)
            {
                due.Add(time);
                next = schedule.Next(time);
            }
        }

        return due;
    }

    public static string NameOf(DateTimeOffset tick) =>
        tick.ToUniversalTime().ToString(format, CultureInfo.InvariantCulture);

    /// <summary>The time that a file's name says; null when it is no tick.</summary>
    public static DateTimeOffset? TimeOf(string name) =>
        DateTimeOffset.TryParseExact(
            name,
            format,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : null;

    /// <summary>A start that is written goes before ticks of the time before it.</summary>
    private static DateTimeOffset Begin(Input.Cron input, DateTimeOffset? last, DateTimeOffset made) =>
        last is { } tick ? (input.Start > tick ? input.Start.Value : tick) : input.Start ?? made;
}
