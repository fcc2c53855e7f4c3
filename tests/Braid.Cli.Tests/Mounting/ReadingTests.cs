using System.Collections.Concurrent;
using Braid.Cli.Mounting;
using Braid.Cli.Mounting.Reading;
using Braid.Grpc.Statuses;
using Braid.Testing;

namespace Braid.Cli.Tests.Mounting;

/// <summary>How bytes and names are fetched.</summary>
public sealed class ReadingTests
{
    private readonly byte[] content = new byte[20_000_000];
    private readonly ConcurrentQueue<(long Offset, int Length)> fetched = new();

    public ReadingTests() => new Random(3).NextBytes(content);

    [Fact]
    public async Task A_file_read_from_end_to_end_is_fetched_once_in_growing_ranges()
    {
        using var reader = NewReader();
        Assert.Equal(content, await ReadAllAsync(reader, 131072));
        Assert.Equal(content.Length, fetched.Sum(range => (long)range.Length));
        Assert.True(fetched.Count < 15, $"{fetched.Count} ranges");
        Assert.Equal(4 * 1024 * 1024, fetched.Max(range => range.Length));
    }

    [Fact]
    public async Task A_read_somewhere_fetches_little()
    {
        using var reader = NewReader();
        var into = new byte[1000];
        Assert.Equal(1000, await reader.ReadAsync(15_000_000, into, CancellationToken.None));
        Assert.Equal(content.AsSpan(15_000_000, 1000).ToArray(), into);
        Assert.Equal(128 * 1024, Assert.Single(fetched).Length);
    }

    [Fact]
    public async Task Nothing_is_read_beyond_the_end()
    {
        using var reader = NewReader();
        var into = new byte[1000];
        Assert.Equal(10, await reader.ReadAsync(content.Length - 10, into, CancellationToken.None));
        Assert.Equal(0, await reader.ReadAsync(content.Length + 10, into, CancellationToken.None));
    }

    [Fact]
    public async Task Random_reads_at_once_all_see_the_files_bytes()
    {
        var seed = Environment.TickCount;
        using var reader = NewReader();
        var readers = Enumerable
            .Range(0, 8)
            .Select(async worker =>
            {
                var random = new Random(seed + worker);
                var into = new byte[300_000];
                for (var i = 0; i < 50; i++)
                {
                    var offset = random.Next(content.Length);
                    var length = await reader.ReadAsync(offset, into.AsMemory(0, random.Next(1, into.Length)), default);
                    Assert.True(
                        content.AsSpan(offset, length).SequenceEqual(into.AsSpan(0, length)),
                        $"seed {seed}, offset {offset}"
                    );
                }
            });
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task A_range_that_failed_is_fetched_again_by_the_next_read()
    {
        var isAway = true;
        using var reader = new FileReader(
            (offset, into, ct) =>
                isAway
                    ? Task.FromException<int>(new GrpcException(GrpcCode.Unavailable, "away"))
                    : FetchAsync(offset, into, ct),
            content.Length,
            new(long.MaxValue)
        );
        var into = new byte[100];
        await Assert.ThrowsAsync<GrpcException>(async () => await reader.ReadAsync(0, into, default));
        isAway = false;
        Assert.Equal(100, await reader.ReadAsync(0, into, default));
        Assert.Equal(content.AsSpan(0, 100).ToArray(), into);
    }

    [Fact]
    public async Task Readers_without_room_ahead_read_on_slower_and_give_everything_back()
    {
        var budget = new ReadBudget(1000);
        using (var reader = new FileReader(FetchAsync, content.Length, budget))
        {
            Assert.Equal(content, await ReadAllAsync(reader, 1_000_000));
        }

        Assert.True(budget.TryTake(1000));
    }

    [Fact]
    public async Task A_wide_directory_is_listed_in_pages_and_can_be_rewound()
    {
        var asked = new List<int>();
        var pages = new ListingPages(
            (after, number, _) =>
            {
                asked.Add(number);
                var from = after is null ? 0 : int.Parse(after[1..]) + 1;
                var children = Enumerable.Range(from, Math.Min(number, 10_000 - from)).ToList();
                IReadOnlyList<FoundPath> found = [.. children.Select(child => new FoundPath($"{child}", false, child))];
                return Task.FromResult((found, children.Count < number ? null : $"/{children[^1]}"));
            }
        );
        Assert.Equal("0", (await pages.AtAsync(0, default))?.Name);
        Assert.Equal(500, Assert.Single(asked));
        foreach (var round in new[] { 0, 1 })
        {
            for (var i = 0UL; i < 10_000; i++)
            {
                Assert.Equal($"{i}", (await pages.AtAsync(i, default))?.Name);
            }

            Assert.Null(await pages.AtAsync(10_000, default));
            Assert.Equal("123", (await pages.AtAsync(123, default))?.Name);
        }

        Assert.Equal("9000", (await pages.AtAsync(9000, default))?.Name);
    }

    [Fact]
    public async Task Names_asked_for_one_after_the_other_are_fetched_together()
    {
        var (single, pages) = await LookUpAsync(Enumerable.Range(0, 10_000));
        Assert.InRange(single, 4, 50);
        Assert.InRange(pages, 10, 12);
    }

    [Fact]
    public async Task Names_asked_for_in_no_order_are_left_at_single_names()
    {
        var random = new Random(11);
        var (single, pages) = await LookUpAsync(Enumerable.Range(0, 500).Select(_ => random.Next(1_000_000)));
        Assert.InRange(single, 490, 500);
        Assert.InRange(pages, 1, 4);
    }

    private static async Task<(int Single, int Pages)> LookUpAsync(IEnumerable<int> numbers)
    {
        var (single, pages) = (0, 0);
        var names = new NamesAhead(
            (name, _) =>
            {
                single++;
                return Task.FromResult<FoundPath?>(new(name, false, int.Parse(name)));
            },
            (after, number, _) =>
            {
                pages++;
                var from = int.Parse(after!["/d/".Length..]) + 1;
                IReadOnlyList<FoundPath> found =
                [
                    .. Enumerable.Range(from, number).Select(child => new FoundPath($"{child:D7}", false, child)),
                ];
                return Task.FromResult((found, (string?)$"/d/{from + number - 1}"));
            },
            "/d"
        );
        foreach (var number in numbers)
        {
            Assert.Equal(number, (await names.FindAsync($"{number:D7}", default))?.Size);
        }

        return (single, pages);
    }

    [Fact]
    public async Task A_server_that_stays_away_is_waited_for_once_and_found_again()
    {
        var log = new StringWriter();
        var clock = new ManualClock();
        var patience = new Patience(TimeSpan.FromSeconds(30), clock, new(log, TimeProvider.System));
        var calls = 0;
        Task<int> Away(CancellationToken ct)
        {
            calls++;
            clock.Advance(TimeSpan.FromSeconds(12));
            throw new GrpcException(GrpcCode.Unavailable, "cannot reach it");
        }

        await Assert.ThrowsAsync<GrpcException>(() => patience.RunAsync(Away, default));
        Assert.Equal(4, calls);
        calls = 0;
        await Assert.ThrowsAsync<GrpcException>(() => patience.RunAsync(Away, default));
        Assert.Equal(1, calls);
        Assert.Equal(5, await patience.RunAsync(_ => Task.FromResult(5), default));
        Assert.Contains("away for more than", log.ToString());
        Assert.Contains("is back", log.ToString());
    }

    [Fact]
    public async Task What_the_server_refuses_is_not_tried_again()
    {
        var patience = new Patience(
            TimeSpan.FromSeconds(20),
            TimeProvider.System,
            new(TextWriter.Null, TimeProvider.System)
        );
        var calls = 0;
        await Assert.ThrowsAsync<GrpcException>(() =>
            patience.RunAsync<int>(
                _ =>
                {
                    calls++;
                    throw new GrpcException(GrpcCode.PermissionDenied, "no");
                },
                default
            )
        );
        Assert.Equal(1, calls);
    }

    private static async Task<byte[]> ReadAllAsync(FileReader reader, int piece)
    {
        using var all = new MemoryStream();
        var into = new byte[piece];
        int length;
        while ((length = await reader.ReadAsync(all.Length, into, default)) > 0)
        {
            all.Write(into, 0, length);
        }

        return all.ToArray();
    }

    private FileReader NewReader() => new(FetchAsync, content.Length, new(long.MaxValue));

    private async Task<int> FetchAsync(long offset, Memory<byte> into, CancellationToken ct)
    {
        fetched.Enqueue((offset, into.Length));
        await Task.Yield();
        content.AsMemory((int)offset, into.Length).CopyTo(into);
        return into.Length;
    }
}
