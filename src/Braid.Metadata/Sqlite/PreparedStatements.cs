using Microsoft.Data.Sqlite;

namespace Braid.Metadata.Sqlite;

/// <summary>
/// Statements of one connection that nobody runs at the moment, by their text. There are two generations of a bounded size: what
/// was used since the younger one began moves into it, and the older one goes when the younger one is full.
/// </summary>
internal sealed class PreparedStatements : IDisposable
{
    private const int generation = 128;

    private Dictionary<string, SqliteCommand> younger = new(StringComparer.Ordinal);
    private Dictionary<string, SqliteCommand> older = new(StringComparer.Ordinal);

    /// <summary>Takes the statement of a text out; null when there is none.</summary>
    public SqliteCommand? Take(string sql) =>
        younger.Remove(sql, out var command) || older.Remove(sql, out command) ? command : null;

    /// <summary>Keeps a statement that has run for the next who needs it.</summary>
    public void Keep(SqliteCommand statement)
    {
        if (younger.Count == generation)
        {
            DisposeAll(older);
            (older, younger) = (younger, older);
        }

        if (!younger.TryAdd(statement.CommandText, statement))
        {
            statement.Dispose(); // two of one text were in use at once
        }
    }

    public void Dispose()
    {
        DisposeAll(younger);
        DisposeAll(older);
    }

    private static void DisposeAll(Dictionary<string, SqliteCommand> statements)
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        statements.Clear();
    }
}
