using System.Globalization;
using Braid.Pipelines.Cron;
using Braid.Pipelines.Specs;

namespace Braid.Pipelines.Tests.Cron;

public sealed class DueTicksTests
{
    private static readonly DateTimeOffset made = At("2024-01-01T00:00:30Z");

    [Theory]
    [InlineData("* * * * *", null, null, "2024-01-01T00:02:59Z", "2024-01-01T00:01:00Z 2024-01-01T00:02:00Z")]
    [InlineData("@every 1m", null, null, "2024-01-01T00:02:59Z", "2024-01-01T00:01:30Z 2024-01-01T00:02:30Z")]
    [InlineData("@every 1m", null, "2024-01-01T00:02:00Z", "2024-01-01T00:02:59Z", "")]
    [InlineData(
        "@hourly",
        "2023-12-31T22:30:00Z",
        null,
        "2024-01-01T00:00:30Z",
        "2023-12-31T23:00:00Z 2024-01-01T00:00:00Z"
    )]
    [InlineData(
        "@hourly",
        "2024-01-01T05:30:00Z",
        "2024-01-01T00:00:00Z",
        "2024-01-01T06:00:00Z",
        "2024-01-01T06:00:00Z"
    )]
    [InlineData(
        "@hourly",
        "2023-01-01T00:00:00Z",
        "2024-01-01T00:00:00Z",
        "2024-01-01T01:00:00Z",
        "2024-01-01T01:00:00Z"
    )]
    [InlineData("@never", "2023-01-01T00:00:00Z", null, "2024-01-01T01:00:00Z", "")]
    public void Ticks_count_from_the_last_one_or_the_start(
        string spec,
        string? start,
        string? last,
        string now,
        string expected
    )
    {
        var due = DueTicks.Of(Input(spec, start), last is null ? null : At(last), made, At(now));

        Assert.Equal(expected, string.Join(' ', due.Select(DueTicks.NameOf)));
    }

    [Fact]
    public void Ticks_of_a_long_time_come_in_turns()
    {
        var input = Input("@every 1s", "2020-01-01T00:00:00Z");
        var first = DueTicks.Of(input, null, made, made);
        var second = DueTicks.Of(input, first[^1], made, made);

        Assert.Equal(DueTicks.MostAtOnce, first.Count);
        Assert.Equal(first[^1].AddSeconds(1), second[0]);
    }

    [Theory]
    [InlineData("2024-01-01T00:00:30Z", true)]
    [InlineData("2024-01-01", false)]
    [InlineData("notes.txt", false)]
    public void Name_of_a_tick_is_its_time(string name, bool isTick) =>
        Assert.Equal(isTick ? name : null, DueTicks.TimeOf(name) is { } time ? DueTicks.NameOf(time) : null);

    private static Input.Cron Input(string spec, string? start) =>
        new()
        {
            Name = "tick",
            Project = "default",
            Repo = "p_tick",
            Glob = "/*",
            Spec = spec,
            Start = start is null ? null : At(start),
        };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
