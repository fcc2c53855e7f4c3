using Braid.Metadata.Migrations;
using Braid.Metadata.Sqlite;
using Braid.Testing;
using Microsoft.Data.Sqlite;

namespace Braid.Metadata.Tests;

public sealed class PreparedStatementsTests
{
    private static readonly Migration[] schema = [new("test", 1, "thing", "CREATE TABLE thing (n BIGINT)")];

    [Fact]
    public void A_statement_is_taken_by_one_at_a_time()
    {
        using var kept = new PreparedStatements();
        var statement = new SqliteCommand("SELECT 1");
        kept.Keep(statement);
        Assert.Same(statement, kept.Take("SELECT 1"));
        Assert.Null(kept.Take("SELECT 1"));
    }

    [Fact]
    public void Statements_that_nobody_uses_any_more_go_and_those_in_use_stay()
    {
        using var kept = new PreparedStatements();
        var used = new SqliteCommand("used");
        kept.Keep(used);
        for (var i = 0; i < 1000; i++)
        {
            kept.Keep(new SqliteCommand($"{i}"));
            Assert.Same(used, kept.Take("used"));
            kept.Keep(used);
        }

        Assert.Null(kept.Take("0"));
        Assert.NotNull(kept.Take("999"));
    }

    [Fact]
    public async Task A_statement_runs_while_another_session_reads_by_the_same_text()
    {
        await using var test = await TestDatabase.OpenAsync("sqlite", schema);
        await FillAsync(test.Database, 3);
        var seen = await test.Database.ReadAsync(
            async db =>
            {
                var sum = 0L;
                await foreach (var outer in db.StreamAsync<long>("SELECT n FROM thing ORDER BY n"))
                {
                    sum += outer + await FirstAsync(test.Database);
                }

                return sum;
            },
            default
        );
        Assert.Equal(0 + 1 + 2, seen);
    }

    [Fact]
    public async Task A_read_that_fails_half_way_leaves_nothing_to_the_next()
    {
        await using var test = await TestDatabase.OpenAsync("sqlite", schema);
        await FillAsync(test.Database, 100);
        for (var i = 0; i < 100; i++)
        {
            await Assert.ThrowsAsync<InvalidDataException>(() =>
                test.Database.ReadAsync<long>(
                    async db =>
                    {
                        await foreach (var n in db.StreamAsync<long>("SELECT n FROM thing ORDER BY n"))
                        {
                            throw new InvalidDataException($"{n}");
                        }

                        return 0;
                    },
                    default
                )
            );
            Assert.Equal(0, await FirstAsync(test.Database));
        }
    }

    [Fact]
    public async Task A_prepared_statement_sees_columns_that_came_later()
    {
        await using var test = await TestDatabase.OpenAsync("sqlite", schema);
        await FillAsync(test.Database, 1);
        const string all = "SELECT * FROM thing";
        var before = await test.Database.ReadAsync(db => db.FirstOrDefaultAsync<Before>(all), default);
        await test.Database.WriteAsync(
            db => db.ExecuteAsync("ALTER TABLE thing ADD COLUMN more BIGINT NOT NULL DEFAULT 7"),
            default
        );
        var after = await test.Database.ReadAsync(db => db.FirstOrDefaultAsync<After>(all), default);
        Assert.Equal((new Before { N = 0 }, new After { N = 0, More = 7 }), (before, after));
    }

    private static Task FillAsync(Database database, int rows) =>
        database.WriteAsync(
            db =>
                db.ExecuteAsync("INSERT INTO thing (n) VALUES (@n)", Enumerable.Range(0, rows).Select(n => new { n })),
            default
        );

    private static Task<long> FirstAsync(Database database) =>
        database.ReadAsync(db => db.ScalarAsync<long>("SELECT n FROM thing ORDER BY n"), default);

    private sealed record Before
    {
        public long N { get; init; }
    }

    private sealed record After
    {
        public long N { get; init; }
        public long More { get; init; }
    }
}
