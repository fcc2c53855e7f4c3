using Braid.Metadata;

namespace Braid.Testing;

/// <summary>What the audit log tells.</summary>
public static class ToldActs
{
    private const string lines = """
        SELECT action || ' ' || target || CASE WHEN details = '' THEN '' ELSE ': ' || details END
          || CASE WHEN outcome = '' THEN '' ELSE ' refused' END
        FROM audit ORDER BY number
        """;

    /// <summary>A line for each act, the oldest first: <c>quota.create a: b</c>, <c>quota.create a refused</c>.</summary>
    public static Task<IReadOnlyList<string>> ReadAsync(Database database) =>
        database.ReadAsync(db => db.QueryAsync<string>(lines), CancellationToken.None);
}
