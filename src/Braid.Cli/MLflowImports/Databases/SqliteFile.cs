using System.Runtime.InteropServices;
using System.Text;
using Braid.Cli.CommandLine;

namespace Braid.Cli.MLflowImports.Databases;

/// <summary>
/// A SQLite file of somebody else, opened for reading only. It may be damaged or made to harm: functions and views of its schema are
/// not trusted, values have a longest length, and every error names the file.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private const int longestValue = 64 << 20;
    private const int busyMs = 20_000;

    private readonly string path;
    private nint database;

    private SqliteFile(string path) => this.path = path;

    /// <exception cref="Failure">There is no such file, it is no database, or this machine has no SQLite library.</exception>
    public static SqliteFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new Failure($"there is no file {path}");
        }

        var file = new SqliteFile(path);
        try
        {
            file.Open();
            return file;
        }
        catch (DllNotFoundException)
        {
            throw new Failure(
                "reading a SQLite file takes the library libsqlite3.so.0: install it (Debian: libsqlite3-0)"
            );
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Runs a query; its parameters are the texts given, <c>?1</c> first.</summary>
    public SqliteRows Query(string sql, params ReadOnlySpan<string> arguments)
    {
        Check(NativeSqlite.Prepare(database, sql, -1, out var statement, 0));
        var rows = new SqliteRows(this, statement);
        for (var at = 0; at < arguments.Length; at++)
        {
            var text = Encoding.UTF8.GetBytes(arguments[at]);
            // -1: SQLite copies the text.
            Check(NativeSqlite.BindText(statement, at + 1, text, text.Length, -1));
        }

        return rows;
    }

    /// <summary>The columns of a table; none when there is no such table. A view or a virtual table of that name is none.</summary>
    public HashSet<string> Columns(string table)
    {
        var columns = new HashSet<string>(StringComparer.Ordinal);
        using var rows = Query(
            """
            SELECT c.name FROM sqlite_master t, pragma_table_info(t.name) c
            WHERE t.type = 'table' AND t.name = ?1 AND t.rootpage > 0
            """,
            table
        );
        while (rows.Next())
        {
            columns.Add(rows.Text(0));
        }

        return columns;
    }

    public void Check(int code)
    {
        if (code is not (NativeSqlite.Ok or NativeSqlite.Row or NativeSqlite.Done))
        {
            throw new Failure($"cannot read {path}: {Marshal.PtrToStringUTF8(NativeSqlite.ErrorMessage(database))}");
        }
    }

    public void Dispose()
    {
        if (database != 0)
        {
            _ = NativeSqlite.Close(database);
            database = 0;
        }
    }

    private void Open()
    {
        Check(NativeSqlite.Open(path, out database, NativeSqlite.ReadOnly, 0));
        Check(NativeSqlite.BusyTimeout(database, busyMs));
        _ = NativeSqlite.Limit(database, NativeSqlite.LimitLength, longestValue);
        foreach (var pragma in new[] { "trusted_schema = OFF", "cell_size_check = ON", "query_only = ON" })
        {
            using var rows = Query($"PRAGMA {pragma}");
            rows.Next();
        }
    }
}
