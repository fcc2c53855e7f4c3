using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Propagation;

/// <summary>
/// One transaction over versioned data. All commits that it makes, and those that propagate from the branches it moved,
/// belong to one commit set. Get one from <see cref="DataTransactions"/>.
/// </summary>
public sealed class DataTransaction
{
    internal DataTransaction(DbWrite db, string author, DateTimeOffset now, CommitSetId set)
    {
        Db = db;
        Author = author;
        Now = now;
        Set = set;
    }

    /// <summary>The rows; other domains write theirs through it, in the same transaction.</summary>
    public DbWrite Db { get; }

    /// <summary>Who is recorded as the maker of what it makes.</summary>
    public string Author { get; }

    /// <summary>The one time of everything in it.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The set of every commit it makes.</summary>
    public CommitSetId Set { get; private set; }
}
