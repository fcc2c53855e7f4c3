using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Logs;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Tests;

public sealed class LogTests
{
    private static readonly Caller someone = TrackingFixture.Someone;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_lines_are_read_from_a_block_as_they_were_written(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var lines = Enumerable.Range(0, random.Next(60)).Select(_ => Any(random)).ToArray();
            var expected = lines.Index().Select(line => line.Item with { Number = 7 + line.Index, IsAbandoned = true });
            Assert.Equal(expected, LogBlock.Decode(LogBlock.Encode(lines), firstLine: 7, abandoned: true));
        }
    }

    [Fact]
    public void A_damaged_block_is_refused()
    {
        var random = new Random(3);
        var lines = Enumerable.Range(0, 60).Select(_ => Any(random)).ToArray();
        for (var round = 0; round < 2000; round++)
        {
            var block = LogBlock.Encode(lines[..random.Next(60)]);
            block[random.Next(block.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                LogBlock.Decode(block[..random.Next(block.Length + 1)], 0, abandoned: false);
            }
            catch (InvalidDataException)
            {
                // That is the one way in which it may end, beside reading something.
            }
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Pages_by_time_are_those_of_the_sorted_log(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var random = new Random(4);
        var run = (await tracking.RunAsync()).Id;
        var all = await AppendAnyAsync(tracking, run, random, batches: 60);
        for (var round = 0; round < 60; round++)
        {
            var page = new LogPage
            {
                Backward = random.Next(2) == 0,
                FromMs = random.Next(3) == 0 ? null : random.Next(110),
                Size = random.Next(1, 60),
                Datum = random.Next(2) == 0 ? null : "d1",
            };
            var read = (await tracking.Logs.ReadAsync(someone, run, page, default)).Value;
            Assert.Equal(Plain(all, page).Select(line => line.Number), read.Select(line => line.Number));
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_log_is_given_in_order_of_arrival_whole_or_its_tail(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = (await tracking.RunAsync()).Id;
        var all = await AppendAnyAsync(tracking, run, new Random(5), batches: 50);
        Assert.Equal(Numbers(all), await ReadAsync(tracking, run, 0, null, null));
        Assert.Equal(Numbers(all)[10..], await ReadAsync(tracking, run, 10, null, null));
        Assert.Equal(Numbers(all)[^5..], await ReadAsync(tracking, run, 0, 5, null));
        var ofDatum = Numbers(all.Where(line => line.Datum == "d1"));
        Assert.Equal(ofDatum, await ReadAsync(tracking, run, 0, null, "d1"));
        Assert.Equal(ofDatum[^7..], await ReadAsync(tracking, run, 0, 7, "d1"));
        Assert.Equal(all.Count, (await tracking.Logs.CountAsync(someone, run, default)).Value);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Following_waits_for_lines_and_ends_with_the_run(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = (await tracking.RunAsync()).Id;
        await AppendAsync(tracking, run, "one");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var lines = (await tracking.Logs.FollowAsync(someone, run, 0, null, null, follow: true, limit.Token)).Value;
        var seen = new List<string>();
        await foreach (var line in lines)
        {
            seen.Add(line.Text);
            if (line.Text == "one")
            {
                await AppendAsync(tracking, run, "two");
                await tracking.Runs.SetStatusAsync(someone, run, new(RunStatus.Completed), default);
                await AppendAsync(tracking, run, "three");
            }
        }

        Assert.Equal(["one", "two", "three"], seen);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Concurrent_appends_lose_no_line(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = (await tracking.RunAsync()).Id;
        await Parallel.ForAsync(
            0,
            4,
            async (writer, _) =>
            {
                for (var i = 0; i < 25; i++)
                {
                    await AppendAsync(tracking, run, $"{writer}/{i}");
                }
            }
        );
        var lines = (await tracking.Logs.ReadAsync(someone, run, new() { Size = 1000 }, default)).Value;
        Assert.Equal(100, lines.Select(line => line.Text).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), lines.Select(line => line.Number).Order());
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_search_finds_what_looking_at_every_line_finds(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var random = new Random(6);
        var runs = new List<RunId>();
        var all = new List<FoundLine>();
        for (var run = 0; run < 3; run++)
        {
            runs.Add((await tracking.RunAsync()).Id);
            var lines = await AppendAnyAsync(tracking, runs[run], random, batches: 40);
            all.AddRange(lines.Select(line => new FoundLine(runs[run], line)));
        }

        for (var round = 0; round < 60; round++)
        {
            var text = all[random.Next(all.Count)].Line.Text;
            var search = new LogSearch
            {
                Runs = runs[..random.Next(1, 4)],
                FromMs = random.Next(50),
                UntilMs = random.Next(40, 100),
                Backward = random.Next(2) == 0,
                Datum = random.Next(3) switch
                {
                    0 => "d1",
                    1 => "",
                    _ => null,
                },
                Sources = random.Next(2) == 0 ? [LogSource.Stdout, LogSource.Worker] : Enum.GetValues<LogSource>(),
                Text = random.Next(2) == 0 ? "" : text[..random.Next(Math.Min(text.Length, 6))],
            };
            var found = await tracking.Logs.SearchAsync(someone, search, default).ToListAsync();

            Assert.Equal(
                all.Where(line => search.Runs.Contains(line.Run) && IsWanted(line.Line, search)).Order(byPlace),
                found.Order(byPlace)
            );
            var times = found.Select(line => line.Line.TimestampMs).ToList();
            Assert.Equal(search.Backward ? times.OrderDescending() : times.Order(), times);
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_search_unpacks_only_blocks_that_can_hold_the_text(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = (await tracking.RunAsync()).Id;
        await AppendAsync(tracking, run, "the needle is here");
        await AppendAsync(tracking, run, "nothing but hay");
        // Whoever unpacks this block fails.
        await tracking.Database.WriteAsync(
            db =>
                db.ExecuteAsync(
                    "UPDATE log_block SET bytes = @bytes WHERE first_line = 1",
                    new { bytes = new byte[9] }
                ),
            default
        );

        var found = tracking.Logs.SearchAsync(someone, new() { Runs = [run], Text = "needle" }, default);

        Assert.Equal(["the needle is here"], await found.Select(line => line.Line.Text).ToListAsync());
    }

    private static readonly Comparer<FoundLine> byPlace = Comparer<FoundLine>.Create(
        (left, right) =>
            string.CompareOrdinal($"{left.Run}/{left.Line.Number:D9}", $"{right.Run}/{right.Line.Number:D9}")
    );

    private static bool IsWanted(LogLine line, LogSearch search) =>
        line.TimestampMs >= search.FromMs
        && line.TimestampMs < search.UntilMs
        && (search.Datum is null || search.Datum == (line.Datum ?? ""))
        && search.Sources.Contains(line.Source)
        && line.Text.Contains(search.Text, StringComparison.Ordinal);

    private static async Task<List<LogLine>> AppendAnyAsync(
        TrackingFixture tracking,
        RunId run,
        Random random,
        int batches
    )
    {
        var all = new List<LogLine>();
        for (var batch = 0; batch < batches; batch++)
        {
            var datum = random.Next(8) == 0 ? "d1" : null;
            var lines = Enumerable
                .Range(0, random.Next(1, 8))
                .Select(_ => Any(random) with { Datum = datum, TimestampMs = random.Next(batch, batch + 50) })
                .ToArray();
            Assert.True((await tracking.Logs.AppendAsync(someone, run, lines, default)).IsOk);
            var first = all.Count;
            all.AddRange(lines.Index().Select(line => line.Item with { Number = first + line.Index }));
        }

        return all;
    }

    private static IEnumerable<LogLine> Plain(List<LogLine> all, LogPage page)
    {
        var lines = all.Where(line => page.Datum is null || line.Datum == page.Datum)
            .Where(line =>
                page.FromMs is not { } from || (page.Backward ? line.TimestampMs < from : line.TimestampMs > from)
            )
            .OrderBy(line => (line.TimestampMs, line.Number))
            .ToList();
        if (page.Backward)
        {
            lines.Reverse();
        }

        return lines.Where((line, at) => at < page.Size || line.TimestampMs == lines[page.Size - 1].TimestampMs);
    }

    private static long[] Numbers(IEnumerable<LogLine> lines) => [.. lines.Select(line => line.Number)];

    private static Task<Result<Unit>> AppendAsync(TrackingFixture tracking, RunId run, string text) =>
        tracking.Logs.AppendAsync(someone, run, [new() { TimestampMs = 1, Text = text }], default);

    private static async Task<long[]> ReadAsync(
        TrackingFixture tracking,
        RunId run,
        long from,
        int? tail,
        string? datum
    )
    {
        var numbers = new List<long>();
        var lines = await tracking.Logs.FollowAsync(someone, run, from, tail, datum, follow: false, default);
        await foreach (var line in lines.Value)
        {
            numbers.Add(line.Number);
        }

        return [.. numbers];
    }

    private static LogLine Any(Random random) =>
        new()
        {
            TimestampMs = random.NextInt64(-1000, 2_000_000_000_000),
            Text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(1, 0xD7FF))),
            Level = random.Next(2) == 0 ? "INFO" : "",
            Worker = $"w{random.Next(3)}",
            Source = (LogSource)random.Next(5),
            Datum = random.Next(2) == 0 ? null : $"d{random.Next(3)}",
        };
}
