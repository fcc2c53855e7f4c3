using Braid.Primitives;

namespace Braid.Metadata.Migrations;

/// <summary>
/// Brings a schema up to date: 1 read which steps have run; 2 refuse a schema that a newer release wrote, or a step whose
/// text changed; 3 run each missing step in a transaction of its own, together with the row that says so.
/// </summary>
internal static class MigrationRunner
{
    private const string bootstrap = """
        CREATE TABLE IF NOT EXISTS schema_migration (
          module TEXT NOT NULL, number BIGINT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL,
          PRIMARY KEY (module, number));
        CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
        CREATE TABLE IF NOT EXISTS lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL, expires_at BIGINT NOT NULL);
        """;

    public static async Task RunAsync(Database database, IReadOnlyList<Migration> migrations, CancellationToken ct)
    {
        await database.WriteAsync(db => db.ExecuteAsync(bootstrap), ct);
        // 1
        var applied = await database.ReadAsync(
            db => db.QueryAsync<AppliedRow>("SELECT module, number, digest FROM schema_migration"),
            ct
        );
        // 2
        var known = migrations.ToDictionary(m => (m.Module, (long)m.Number));
        foreach (var row in applied)
        {
            if (!known.TryGetValue((row.Module, row.Number), out var migration))
            {
                throw new SchemaMismatchException(
                    $"the database has step {row.Module}/{row.Number}, which this release does not know: it was written by a "
                        + "newer release; start that one, or restore a backup made before the upgrade"
                );
            }

            if (row.Digest != Digest(migration))
            {
                throw new SchemaMismatchException(
                    $"step {row.Module}/{row.Number} of the database differs from this release's: the two come from different "
                        + "branches of development; start the release that wrote it"
                );
            }
        }

        // 3
        var done = applied.Select(row => (row.Module, row.Number)).ToHashSet();
        foreach (var migration in migrations.Where(m => !done.Contains((m.Module, m.Number))))
        {
            await database.WriteAsync(db => ApplyAsync(database, db, migration), ct);
        }
    }

    private static async Task ApplyAsync(Database database, DbWrite db, Migration migration)
    {
        await db.ExecuteAsync(database.Translate(migration.Sql));
        await db.ExecuteAsync(
            "INSERT INTO schema_migration (module, number, name, digest) VALUES (@Module, @Number, @Name, @Digest)",
            new
            {
                migration.Module,
                migration.Number,
                migration.Name,
                Digest = Digest(migration),
            }
        );
    }

    private static string Digest(Migration migration) =>
        Sha256Hash.Of(System.Text.Encoding.UTF8.GetBytes(migration.Sql)).ToString();

    private sealed record AppliedRow
    {
        public string Module { get; init; } = "";
        public long Number { get; init; }
        public string Digest { get; init; } = "";
    }
}

/// <summary>The schema in the database is not one that this release can use.</summary>
public sealed class SchemaMismatchException(string message) : Exception(message);
