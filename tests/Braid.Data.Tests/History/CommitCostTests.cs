using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Braid.Testing;
using static Braid.Data.Tests.DataFixture;

namespace Braid.Data.Tests.History;

/// <summary>What a small commit asks of the database, counted: seconds would tell of the machine.</summary>
public sealed partial class CommitCostTests
{
    /// <summary>A little more than it was when this was written: enough for a feature, too little for a loop.</summary>
    private const int most = 54;

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_commit_and_its_difference_cost_the_same_whatever_else_there_is(string store)
    {
        await using var it = await OpenAsync(store);
        await it.NewRepoAsync("r");
        Ok(await it.PutAsync("r@master", ("/a", "first")));
        Ok(await it.PutAsync("r@master", ("/a", "second")));
        var before = await StatementsAsync(it, "third");

        for (var i = 0; i < 8; i++)
        {
            await it.NewRepoAsync($"r{i}");
            Ok(await it.PutAsync($"r{i}@master", ("/a", $"{i}")));
            Ok(await it.PutAsync($"r@b{i}", ("/a", $"{i}")));
            Ok(await it.PutAsync("r@master", ("/a", $"{i}")));
        }

        Assert.Equal(before, await StatementsAsync(it, "last"));
        Assert.InRange(before.Length, 1, most);
    }

    [Fact]
    public async Task No_statement_of_a_commit_and_its_difference_goes_through_a_whole_table()
    {
        await using var it = await OpenAsync("sqlite");
        await it.NewRepoAsync("r");
        Ok(await it.PutAsync("r@master", ("/a", "first")));
        foreach (var statement in (await StatementsAsync(it, "second")).Distinct(StringComparer.Ordinal))
        {
            var args = ParameterName().Matches(statement).Select(found => found.Value);
            var steps = await it.Test.Database.ReadAsync(
                db =>
                    db.QueryAsync<Step>(
                        $"EXPLAIN QUERY PLAN {statement}",
                        args.Distinct(StringComparer.Ordinal).ToDictionary(name => name, _ => (object)0L)
                    ),
                default
            );
            Assert.DoesNotContain(steps, step => WholeTable().IsMatch(step.Detail));
        }
    }

    /// <summary>The texts of the statements that a commit and a look at what it changed run.</summary>
    private static async Task<string[]> StatementsAsync(DataFixture it, string text)
    {
        var statements = new ConcurrentQueue<string>();
        it.Test.Database.Watch = statements.Enqueue;
        Ok(await it.PutAsync("r@master", ("/a", text)));
        var changes = Ok(await it.Data.Files.DiffAsync(User, it.At("r@master:/"), null, default)).Changes;
        it.Test.Database.Watch = null;
        Assert.Equal(["/", "/a"], await changes.Select(change => change.Path).ToListAsync());
        return [.. statements];
    }

    [GeneratedRegex(@"(?<=@)\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterName();

    /// <summary>All of a table of rows; what a recursive query has reached is another matter.</summary>
    [GeneratedRegex(
        @"^SCAN (?!(?:TABLE )?(?:reach|line|below|SUBQUERY|CONSTANT)\b)",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex WholeTable();

    private sealed record Step
    {
        public string Detail { get; init; } = "";
    }
}
