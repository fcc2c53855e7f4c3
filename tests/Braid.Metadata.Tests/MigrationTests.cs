using Braid.Metadata.Migrations;
using Braid.Testing;

namespace Braid.Metadata.Tests;

public sealed class MigrationTests
{
    private static readonly Migration first = new("m", 1, "one", "CREATE TABLE one (id {identity}, name TEXT)");
    private static readonly Migration second = new("m", 2, "two", "ALTER TABLE one ADD COLUMN size BIGINT");

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Missing_steps_run_once_and_rows_survive_them(string store)
    {
        await using var test = await TestDatabase.OpenAsync(store, [first]);
        await test.Database.WriteAsync(db => db.ExecuteAsync("INSERT INTO one (name) VALUES ('a')"), default);
        for (var start = 0; start < 2; start++)
        {
            await using var upgraded = await Database.OpenAsync(
                test.Address,
                [first, second],
                TimeProvider.System,
                default
            );
            var id = await upgraded.ReadAsync(
                db => db.ScalarAsync<long>("SELECT id FROM one WHERE name = 'a' AND size IS NULL"),
                default
            );
            Assert.Equal(1, id);
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_schema_from_a_newer_release_is_refused(string store)
    {
        await using var test = await TestDatabase.OpenAsync(store, [first, second]);
        var refusal = await Assert.ThrowsAsync<SchemaMismatchException>(() =>
            Database.OpenAsync(test.Address, [first], TimeProvider.System, default)
        );
        Assert.Contains("newer release", refusal.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_step_that_fails_leaves_nothing_and_runs_at_the_next_start(string store)
    {
        var broken = second with { Sql = "CREATE TABLE half (a TEXT); INSERT INTO nowhere VALUES (1)" };
        await using var test = await TestDatabase.OpenAsync(store, [first]);
        await Assert.ThrowsAnyAsync<Exception>(() =>
            Database.OpenAsync(test.Address, [first, broken], TimeProvider.System, default)
        );
        var mended = second with { Sql = "CREATE TABLE half (a TEXT)" };
        await using var database = await Database.OpenAsync(
            test.Address,
            [first, mended],
            TimeProvider.System,
            default
        );
        Assert.Equal(0, await database.ReadAsync(db => db.ScalarAsync<long>("SELECT count(*) FROM half"), default));
    }
}
