using Braid.Testing;

namespace Braid.Metadata.Tests;

public sealed class RowIdsTests
{
    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task They_choose_exactly_the_rows_that_they_name(string store)
    {
        await using var test = await TestDatabase.OpenAsync(store, [], new ManualClock());
        foreach (var count in new[] { 0, 1, 2, 3, 5, 1024, 1025 })
        {
            var wanted = Enumerable.Range(0, count).Select(i => (i * 3L) + 1).ToList();
            var ids = RowIds.Of(wanted);
            var found = await test.Database.ReadAsync(
                db =>
                    db.QueryAsync<long>(
                        $"""
                        WITH RECURSIVE row(id) AS (SELECT 0 UNION ALL SELECT id + 1 FROM row WHERE id < 4000)
                        SELECT id FROM row WHERE id IN {ids} ORDER BY id
                        """,
                        ids.Arguments
                    ),
                default
            );
            Assert.Equal(wanted, found);
        }
    }

    [Fact]
    public void Other_ids_make_no_other_text()
    {
        Assert.Equal($"{RowIds.Of([1])}", $"{RowIds.Of([2])}");
        Assert.Equal(11, Enumerable.Range(1, 1024).Select(count => $"{RowIds.Of(Some(count))}").Distinct().Count());

        static IEnumerable<long> Some(int count) => Enumerable.Range(count, count).Select(id => (long)id);
    }
}
