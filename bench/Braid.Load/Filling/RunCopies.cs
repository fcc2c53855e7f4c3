using System.Security.Cryptography;
using System.Text;
using Braid.Primitives;
using Braid.Tracking.Series;
using Braid.Tracking.Series.Hot;
using Microsoft.Data.Sqlite;

namespace Braid.Load.Filling;

/// <summary>
/// Copies the rows of one run many times, inside SQLite: 1 nothing is kept for a crash; 2 indexes are made when all rows are there;
/// 3 whatever column is not named here is copied as it is.
/// </summary>
internal sealed class RunCopies : IDisposable
{
    /// <summary>Room for the pages of an index whose keys come in any order.</summary>
    private const string settings = """
        PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000;
        PRAGMA temp_store = MEMORY; PRAGMA threads = 2
        """;

    private const string value = "((c.at * 7919 + CAST(t.variant AS INTEGER)) % 10007) / 10007.0";
    private static readonly string[] tables = ["run", "parameter", "series"];
    private readonly SqliteConnection connection;

    private RunCopies(string path)
    {
        connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        connection.CreateFunction("run_id", (long at) => RunId(at), isDeterministic: true);
        connection.CreateFunction(
            "series_id",
            (string run, string metric, string variant) => SeriesId.Of(run, new(metric, variant)),
            isDeterministic: true
        );
        connection.CreateFunction(
            "tail",
            (long step, long ms, double of) => SeriesBlock.Encode([new(step, ms, of)], compress: false),
            isDeterministic: true
        );
    }

    public static void Make(string path, RunId of, int count, TimeSpan between)
    {
        using var copies = new RunCopies(path);
        // 1
        copies.Execute(settings);
        // 2
        var indexes = copies.Texts(
            $"SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('{string.Join("', '", tables)}')"
        );
        indexes.ForEach(index => copies.Execute($"DROP INDEX {index.Split(' ')[2]}"));
        copies.Execute("BEGIN");
        copies.Copy($"{of}", count, (long)between.TotalMicroseconds);
        copies.Execute("COMMIT");
        indexes.ForEach(copies.Execute);
    }

    public void Dispose() => connection.Dispose();

    // 3
    private void Copy(string of, int count, long between)
    {
        Execute(
            $"""
            CREATE TEMP TABLE copy AS
            WITH RECURSIVE n(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n WHERE at < {count}) SELECT at, run_id(at) AS id FROM n ORDER BY id
            """
        );
        var later = new[] { "created", "started", "completed", "last_update", "last_change", "status_changed" };
        Copy(
            "run",
            $"t.id = '{of}'",
            [
                ("id", "c.id"),
                ("name", "'run-' || c.at"),
                ("user_name", "'user-' || (c.at % 20)"),
                ("status", "CASE c.at % 25 WHEN 0 THEN 'failed' ELSE t.status END"),
                .. later.Select(time => (time, $"t.{time} + c.at * {between}")),
            ]
        );
        Copy(
            "parameter",
            $"t.owner_id = '{of}'",
            [("owner_id", "c.id"), ("value", "CAST(c.at % 10 AS TEXT)"), ("number", "c.at % 10.0")]
        );
        Copy(
            "series",
            $"t.owner_id = '{of}'",
            [
                ("id", "series_id(c.id, t.metric, t.variant)"),
                ("owner_id", "c.id"),
                .. new[] { "sum", "first_value", "last_value", "min_value", "max_value" }.Select(name => (name, value)),
                ("tail", $"tail(t.last_step, t.last_ms, {value})"),
            ]
        );
    }

    private void Copy(string table, string rows, (string Column, string Sql)[] changed)
    {
        var columns = Texts($"SELECT name FROM pragma_table_info('{table}')");
        var values = columns.Select(column => changed.FirstOrDefault(one => one.Column == column).Sql ?? $"t.{column}");
        Execute(
            $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM copy c CROSS JOIN {table} t WHERE {rows}"
        );
    }

    /// <summary>The same for the same number, and in no order.</summary>
    private static string RunId(long at) =>
        $"{Hex32.Version4(new(BitConverter.ToUInt64(SHA256.HashData(Encoding.ASCII.GetBytes($"{at}"))), (ulong)at))}";

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        command.ExecuteNonQuery();
    }

    private List<string> Texts(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
