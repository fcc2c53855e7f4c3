using Braid.Metadata.Migrations;
using Braid.Primitives;
using Braid.Testing;

namespace Braid.Metadata.Tests;

public sealed class DatabaseTests
{
    private static readonly Migration[] schema =
    [
        new(
            "test",
            1,
            "thing",
            "CREATE TABLE thing (id TEXT PRIMARY KEY, at BIGINT, flag BOOLEAN NOT NULL, bytes BYTEA, run_id TEXT, n BIGINT)"
        ),
    ];

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Values_come_back_as_they_were_stored(string store)
    {
        await using var test = await TestDatabase.OpenAsync(store, schema);
        var row = new Thing
        {
            Id = "a",
            At = new DateTimeOffset(2026, 11, 21, 1, 2, 3, TimeSpan.Zero),
            Flag = true,
            Bytes = Sha256Hash.Of("x"u8),
            RunId = new RunId(IdSource.System.Next()),
            N = 7,
        };
        await test.Database.WriteAsync(
            db => db.ExecuteAsync("INSERT INTO thing VALUES (@Id, @At, @Flag, @Bytes, @RunId, @N)", row),
            CancellationToken.None
        );
        var read = await test.Database.ReadAsync(
            db => db.FirstOrDefaultAsync<Thing>("SELECT * FROM thing WHERE flag = TRUE"),
            CancellationToken.None
        );
        Assert.Equal(row, read);
    }

    [Fact]
    public async Task A_full_disk_fails_the_write_with_what_to_do_and_it_works_again_when_there_is_space()
    {
        await using var test = await TestDatabase.OpenAsync("sqlite", schema);
        await LimitAsync(test.Database, pages: 20);
        var stored = 0;
        var fault = await Assert.ThrowsAsync<FaultException>(async () =>
        {
            for (; stored < 1000; stored++)
            {
                await InsertAsync(test.Database, stored);
            }
        });
        Assert.Equal(ErrorKind.NoSpace, fault.Error.Kind);
        Assert.Contains("no space left", fault.Message, StringComparison.Ordinal);
        // What shares the group of one that finds the disk full hears the same.
        var together = Enumerable
            .Range(2000, 20)
            .Select(i => Record.ExceptionAsync(() => InsertAsync(test.Database, i)));
        Assert.All(await Task.WhenAll(together), error => Assert.Equal(ErrorKind.NoSpace, Fault.Of(error!)?.Kind));

        await LimitAsync(test.Database, pages: 100_000);
        await InsertAsync(test.Database, 3000);
        Assert.Equal(
            stored + 1,
            await test.Database.ReadAsync(db => db.ScalarAsync<long>("SELECT count(*) FROM thing"), default)
        );
    }

    private static Task LimitAsync(Database database, int pages) =>
        database.WriteAsync(db => db.ExecuteAsync($"PRAGMA max_page_count = {pages}"), default);

    private static Task InsertAsync(Database database, int id) =>
        database.WriteAsync(
            db =>
                db.ExecuteAsync(
                    "INSERT INTO thing (id, flag, bytes) VALUES (@id, FALSE, @bytes)",
                    new { id = $"{id}", bytes = new byte[6000] }
                ),
            default
        );

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_refused_write_leaves_no_trace_and_its_neighbours_stay(string store)
    {
        await using var test = await TestDatabase.OpenAsync(store, schema);
        var refused = new Error(ErrorKind.Conflict, "test.no", "no");
        var writes = Enumerable
            .Range(0, 20)
            .Select(i =>
                test.Database.WriteAsync<int>(
                    async db =>
                    {
                        await db.ExecuteAsync(
                            "INSERT INTO thing (id, flag) VALUES (@id, @flag)",
                            new { id = $"{i}", flag = false }
                        );
                        return i % 2 == 0 ? i : refused;
                    },
                    CancellationToken.None
                )
            );
        var results = await Task.WhenAll(writes);
        Assert.Equal(10, results.Count(r => r.IsOk));
        var left = await test.Database.ReadAsync(
            db => db.ScalarAsync<long>("SELECT count(*) FROM thing"),
            CancellationToken.None
        );
        Assert.Equal(10, left);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Concurrent_counters_never_repeat(string store)
    {
        await using var test = await TestDatabase.OpenAsync(store, schema);
        var numbers = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(_ => test.Database.WriteAsync(db => db.NextAsync("c"), CancellationToken.None))
        );
        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), numbers.Order());
    }

    /// <summary>Every write reads all that the others write: without turns, most of them lose again and again.</summary>
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Writes_that_all_collide_all_succeed(string store)
    {
        await using var test = await TestDatabase.OpenAsync(store, schema);
        await Parallel.ForAsync(
            0,
            100,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (i, ct) =>
                await test.Database.WriteAsync(
                    async db =>
                    {
                        var before = await db.ScalarAsync<long>("SELECT count(*) FROM thing");
                        return await db.ExecuteAsync(
                            "INSERT INTO thing (id, flag) VALUES (@id, @odd)",
                            new { id = $"{i:d3} after {before:d3}", odd = before % 2 == 1 }
                        );
                    },
                    ct
                )
        );
        var ids = await test.Database.ReadAsync(
            db => db.QueryAsync<string>("SELECT id FROM thing"),
            CancellationToken.None
        );
        Assert.Equal(Enumerable.Range(0, 100), ids.Select(id => int.Parse(id[^3..])).Order());
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_write_begun_inside_a_write_is_a_bug_that_is_found(string store)
    {
        await using var test = await TestDatabase.OpenAsync(store, schema);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            test.Database.WriteAsync(
                db => test.Database.WriteAsync(inner => inner.NextAsync("c"), CancellationToken.None),
                CancellationToken.None
            )
        );
        Assert.Equal(1, await test.Database.WriteAsync(db => db.NextAsync("c"), CancellationToken.None));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_reader_keeps_its_snapshot_while_others_write(string store)
    {
        await using var test = await TestDatabase.OpenAsync(store, schema);
        var counts = await test.Database.ReadAsync(
            async db =>
            {
                var before = await db.ScalarAsync<long>("SELECT count(*) FROM thing");
                await test.Database.WriteAsync(
                    other => other.ExecuteAsync("INSERT INTO thing (id, flag) VALUES ('x', TRUE)"),
                    CancellationToken.None
                );
                return (before, after: await db.ScalarAsync<long>("SELECT count(*) FROM thing"));
            },
            CancellationToken.None
        );
        Assert.Equal((0, 0), counts);
    }

    private sealed record Thing
    {
        public string Id { get; init; } = "";
        public DateTimeOffset? At { get; init; }
        public bool Flag { get; init; }
        public Sha256Hash? Bytes { get; init; }
        public RunId? RunId { get; init; }
        public int N { get; init; }
    }
}
