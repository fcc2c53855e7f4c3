using System.Runtime.InteropServices;

namespace Braid.Cli.MLflowImports.Databases;

/// <summary>The system's SQLite library: the few calls that reading takes. It is loaded when a database is opened, not before.</summary>
internal static partial class NativeSqlite
{
    public const int Ok = 0;
    public const int Row = 100;
    public const int Done = 101;
    public const int ReadOnly = 1;
    public const int Null = 5;
    public const int LimitLength = 0;

    private const string library = "libsqlite3.so.0";

    [LibraryImport(library, EntryPoint = "sqlite3_open_v2", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string file, out nint database, int flags, nint vfs);

    [LibraryImport(library, EntryPoint = "sqlite3_close_v2")]
    public static partial int Close(nint database);

    [LibraryImport(library, EntryPoint = "sqlite3_errmsg")]
    public static partial nint ErrorMessage(nint database);

    [LibraryImport(library, EntryPoint = "sqlite3_busy_timeout")]
    public static partial int BusyTimeout(nint database, int milliseconds);

    [LibraryImport(library, EntryPoint = "sqlite3_limit")]
    public static partial int Limit(nint database, int what, int value);

    [LibraryImport(library, EntryPoint = "sqlite3_prepare_v2", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Prepare(nint database, string sql, int length, out nint statement, nint rest);

    [LibraryImport(library, EntryPoint = "sqlite3_bind_text")]
    public static partial int BindText(nint statement, int at, byte[] text, int length, nint destructor);

    [LibraryImport(library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    [LibraryImport(library, EntryPoint = "sqlite3_finalize")]
    public static partial int Release(nint statement);

    [LibraryImport(library, EntryPoint = "sqlite3_column_type")]
    public static partial int ColumnType(nint statement, int column);

    [LibraryImport(library, EntryPoint = "sqlite3_column_int64")]
    public static partial long ColumnInteger(nint statement, int column);

    [LibraryImport(library, EntryPoint = "sqlite3_column_double")]
    public static partial double ColumnNumber(nint statement, int column);

    [LibraryImport(library, EntryPoint = "sqlite3_column_text")]
    public static partial nint ColumnText(nint statement, int column);

    [LibraryImport(library, EntryPoint = "sqlite3_column_bytes")]
    public static partial int ColumnBytes(nint statement, int column);
}
