using System.Diagnostics.CodeAnalysis;

namespace Braid.Primitives.Cron;

/// <summary>
/// When something recurs, in UTC: five fields (minute, hour, day of month, month, day of week; lists, ranges, steps,
/// names), <c>@yearly</c> <c>@monthly</c> <c>@weekly</c> <c>@daily</c> <c>@hourly</c>, <c>@every 1h30m</c>, or <c>@never</c>.
/// A day matches when both day fields do; where neither is <c>*</c>, when one of them does.
/// </summary>
public sealed class CronSchedule
{
    /// <summary>The 29th of February is eight years away at most: 2096 to 2104.</summary>
    private const int farthestDays = 9 * 366;

    private const string every = "@every ";

    private readonly TimeSpan? pause;
    private readonly Fields? fields;

    private CronSchedule(string text, TimeSpan? pause, Fields? fields)
    {
        Text = text;
        this.pause = pause;
        this.fields = fields;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a schedule; false when the text is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CronSchedule? schedule)
    {
        var plain = text.Trim();
        schedule =
            plain == "@never" ? new(text, null, null)
            : plain.StartsWith(every, StringComparison.Ordinal) ? Every(text, plain[every.Length..].Trim())
            : Fields.Parse(Named(plain)) is { } fields ? new(text, null, fields)
            : null;
        return schedule is not null;
    }

    /// <summary>The first time of the schedule that comes after a time; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var utc = after.ToUniversalTime();
        return pause is { } step ? Add(Truncate(utc, TimeSpan.TicksPerSecond), step) : fields?.Next(utc);
    }

    public override string ToString() => Text;

    /// <summary>Whole seconds, at least one.</summary>
    private static CronSchedule? Every(string text, string duration)
    {
        if (!DurationText.TryParse(duration, out var pause))
        {
            return null;
        }

        var seconds = Math.Max(1, Math.Floor(pause.TotalSeconds));
        return new(text, TimeSpan.FromSeconds(seconds), null);
    }

    private static string Named(string text) =>
        text switch
        {
            "@yearly" or "@annually" => "0 0 1 1 *",
            "@monthly" => "0 0 1 * *",
            "@weekly" => "0 0 * * 0",
            "@daily" or "@midnight" => "0 0 * * *",
            "@hourly" => "0 * * * *",
            _ => text,
        };

    private static DateTimeOffset Truncate(DateTimeOffset time, long ticks) => time.AddTicks(-(time.Ticks % ticks));

    private static DateTimeOffset? Add(DateTimeOffset time, TimeSpan step) =>
        DateTimeOffset.MaxValue - time > step ? time + step : null;

    private sealed record Fields(CronField Minute, CronField Hour, CronField Day, CronField Month, CronField WeekDay)
    {
        public static Fields? Parse(string text) =>
            text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                is [var minute, var hour, var day, var month, var weekDay]
            && CronField.TryParseMinute(minute, out var minutes)
            && CronField.TryParseHour(hour, out var hours)
            && CronField.TryParseDayOfMonth(day, out var days)
            && CronField.TryParseMonth(month, out var months)
            && CronField.TryParseDayOfWeek(weekDay, out var weekDays)
                ? new(minutes, hours, days, months, weekDays)
                : null;

        public DateTimeOffset? Next(DateTimeOffset after)
        {
            if (Add(Truncate(after, TimeSpan.TicksPerMinute), TimeSpan.FromMinutes(1)) is not { } first)
            {
                return null;
            }

            var date = DateOnly.FromDateTime(first.UtcDateTime);
            for (var days = 0; days <= farthestDays; days++)
            {
                var minute = days == 0 ? (first.Hour * 60) + first.Minute : 0;
                if (Matches(date) && NextMinute(minute) is { } found)
                {
                    return new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero).AddMinutes(found);
                }

                if (date == DateOnly.MaxValue)
                {
                    return null;
                }

                date = date.AddDays(1);
            }

            return null;
        }

        private bool Matches(DateOnly date)
        {
            var (byDay, byWeekDay) = (Day.Contains(date.Day), WeekDay.Contains((int)date.DayOfWeek));
            return Month.Contains(date.Month) && (Day.IsAny || WeekDay.IsAny ? byDay && byWeekDay : byDay || byWeekDay);
        }

        /// <summary>The first minute of the day, from one on, that matches.</summary>
        private int? NextMinute(int from)
        {
            for (var minute = from; minute < 24 * 60; minute++)
            {
                if (!Hour.Contains(minute / 60))
                {
                    minute += 59 - (minute % 60);
                }
                else if (Minute.Contains(minute % 60))
                {
                    return minute;
                }
            }

            return null;
        }
    }
}
