namespace Braid.Data.History;

/// <summary>
/// How far a subscriber has been told. Ids are given out before transactions commit, so a row may appear behind one that was
/// told already: what is younger than any transaction can last is looked at again, and told once.
/// </summary>
internal sealed class FeedCursor(long after)
{
    private static readonly TimeSpan longestTransaction = TimeSpan.FromMinutes(2);

    private readonly SortedDictionary<long, DateTimeOffset> told = [];
    private DateTimeOffset newest = DateTimeOffset.MinValue;

    /// <summary>Every row up to this id was told, and no other will appear among them.</summary>
    public long After { get; private set; } = after;

    /// <summary>False when the row was told before.</summary>
    public bool Accept(CommitRow row)
    {
        newest = row.StartedAt > newest ? row.StartedAt : newest;
        return told.TryAdd(row.Id, row.StartedAt);
    }

    /// <summary>Lets go what is old enough.</summary>
    public void Settle()
    {
        while (told.Count > 0 && told.First() is var oldest && newest - oldest.Value > longestTransaction)
        {
            After = oldest.Key;
            told.Remove(oldest.Key);
        }
    }
}
