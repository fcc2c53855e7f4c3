using Braid.Data.History;

namespace Braid.Data.Tests.History;

public sealed class FeedCursorTests
{
    private static readonly DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_row_that_commits_late_is_told_once()
    {
        var cursor = new FeedCursor(4);
        Assert.True(cursor.Accept(Row(6, 1)));
        cursor.Settle();

        Assert.Equal(4, cursor.After);
        Assert.True(cursor.Accept(Row(5, 0)));
        Assert.False(cursor.Accept(Row(6, 1)));
    }

    [Fact]
    public void What_is_old_is_not_looked_at_again()
    {
        var cursor = new FeedCursor(0);
        Assert.True(cursor.Accept(Row(1, 0)));
        Assert.True(cursor.Accept(Row(2, 100)));
        Assert.True(cursor.Accept(Row(3, 200)));
        cursor.Settle();

        Assert.Equal(1, cursor.After);
        Assert.False(cursor.Accept(Row(2, 100)));
    }

    private static CommitRow Row(long id, int seconds) => new() { Id = id, StartedAt = start.AddSeconds(seconds) };
}
