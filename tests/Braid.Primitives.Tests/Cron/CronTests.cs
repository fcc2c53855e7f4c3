using System.Globalization;
using Braid.Primitives.Cron;
using Braid.Testing;

namespace Braid.Primitives.Tests.Cron;

public sealed class CronTests
{
    [Theory]
    [InlineData("* * * * *", "2026-03-04T10:20:30", "2026-03-04T10:21:00")]
    [InlineData("0 0 1 1 *", "2026-03-04T10:20:30", "2027-01-01T00:00:00")]
    [InlineData("@yearly", "2026-01-01T00:00:00", "2027-01-01T00:00:00")]
    [InlineData("@monthly", "2026-12-31T23:59:59", "2027-01-01T00:00:00")]
    [InlineData("@weekly", "2026-03-04T10:20:30", "2026-03-08T00:00:00")]
    [InlineData("@daily", "2026-03-04T00:00:00", "2026-03-05T00:00:00")]
    [InlineData("@hourly", "2026-03-04T23:10:00", "2026-03-05T00:00:00")]
    [InlineData("@every 1h30m", "2026-03-04T10:20:30.5", "2026-03-04T11:50:30")]
    [InlineData("@every 1ms", "2026-03-04T10:20:30", "2026-03-04T10:20:31")]
    [InlineData("*/15 9-17 * * mon-fri", "2026-03-06T17:45:00", "2026-03-09T09:00:00")]
    [InlineData("5/20 * * * ?", "2026-03-06T17:26:00", "2026-03-06T17:45:00")]
    [InlineData("0 12 29 feb *", "2096-03-01T00:00:00", "2104-02-29T12:00:00")]
    [InlineData("0 0 13 * FRI", "2026-03-01T00:00:00", "2026-03-06T00:00:00")]
    [InlineData("0 0 * * 7", "2026-03-04T00:00:00", "2026-03-08T00:00:00")]
    public void Next_time_is(string text, string after, string expected)
    {
        Assert.True(CronSchedule.TryParse(text, out var schedule));
        Assert.Equal(Time(expected), schedule.Next(Time(after)));
    }

    [Theory]
    [InlineData("@never")]
    [InlineData("0 0 30 2 *")]
    public void There_may_be_no_next_time(string text)
    {
        Assert.True(CronSchedule.TryParse(text, out var schedule));
        Assert.Null(schedule.Next(Time("2026-03-04T00:00:00")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("* * * * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * * 13 *")]
    [InlineData("* * * * 8")]
    [InlineData("5-1 * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("1,,2 * * * *")]
    [InlineData("-1 * * * *")]
    [InlineData("@sometimes")]
    [InlineData("@every")]
    [InlineData("@every soon")]
    public void Other_text_is_no_schedule(string text) => Assert.False(CronSchedule.TryParse(text, out _));

    [Fact]
    public void Random_schedules_agree_with_trying_every_minute()
    {
        var seed = Seed.Pick();
        var random = new Random(seed);
        for (var round = 0; round < 60; round++)
        {
            var fields = RandomFields(random);
            var text = string.Join(' ', fields);
            var after = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.Next(60_000_000));
            Assert.True(CronSchedule.TryParse(text, out var schedule), $"seed {seed}: {text}");
            var (next, naive) = (schedule.Next(after), Naive(fields, after));
            Assert.True(
                next == naive || (naive is null && next > after.AddDays(20)),
                $"seed {seed}: {text} after {after:s}: {next:s}, not {naive:s}"
            );
        }
    }

    /// <summary>The first minute of the next 20 days that the fields, read as people read them, allow.</summary>
    private static DateTimeOffset? Naive(string[] fields, DateTimeOffset after)
    {
        var time = after.AddSeconds(60 - after.Second);
        for (var minutes = 0; minutes < 20 * 24 * 60; minutes++, time = time.AddMinutes(1))
        {
            var day = Allows(fields[2], time.Day);
            var weekDay = Allows(fields[4], (int)time.DayOfWeek);
            var eitherIsAny = fields[2] == "*" || fields[4] == "*";
            if (
                Allows(fields[0], time.Minute)
                && Allows(fields[1], time.Hour)
                && Allows(fields[3], time.Month)
                && (eitherIsAny ? day && weekDay : day || weekDay)
            )
            {
                return time;
            }
        }

        return null;
    }

    private static bool Allows(string field, int value) =>
        field
            .Split(',')
            .Any(part =>
            {
                var (range, step) = part.Split('/') is [var first, var second] ? (first, Number(second)) : (part, 1);
                var ends = range.Split('-');
                var from = range == "*" ? 0 : Number(ends[0]);
                var to =
                    ends.Length == 2 ? Number(ends[1])
                    : range == "*" || part.Contains('/', StringComparison.Ordinal) ? 99
                    : from;
                // A step from "any" counts from the field's first value, which is what the generator writes it for.
                return value >= from && value <= to && (value - from) % step == 0;
            });

    private static string[] RandomFields(Random random) =>
        [
            RandomField(random, 0, 59, fromZero: true),
            RandomField(random, 0, 23, fromZero: true),
            RandomField(random, 1, 28, fromZero: false),
            RandomField(random, 1, 12, fromZero: false),
            RandomField(random, 0, 6, fromZero: true),
        ];

    private static string RandomField(Random random, int first, int last, bool fromZero)
    {
        var (a, b) = (random.Next(first, last + 1), random.Next(first, last + 1));
        var (low, high) = (Math.Min(a, b), Math.Max(a, b));
        return random.Next(7) switch
        {
            0 => $"{a}",
            1 => $"{low}-{high}",
            2 => $"{low}-{high}/{random.Next(1, 5)}",
            3 => $"{a},{b}",
            4 when fromZero => $"*/{random.Next(2, 7)}",
            _ => "*",
        };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
