using System.Threading.Channels;
using Braid.Primitives;
using Microsoft.Data.Sqlite;

namespace Braid.Metadata.Sqlite;

/// <summary>
/// SQLite in WAL mode. All writes go through one task that owns the only writing connection and commits in groups:
/// 1 take a write, begin; 2 run it under a savepoint; 3 take what else has arrived, up to a limit; 4 commit, once, with
/// an fsync; 5 complete the writes and announce their topics. Readers have pooled connections and never wait.
/// </summary>
internal sealed class SqliteDatabase : Database
{
    private const int largestGroup = 512;

    /// <summary>32 MiB of pages: what is in the log is looked up by an index, and read again after a crash.</summary>
    private const int pagesInLog = 8192;

    private readonly Channel<PendingWrite> writes = Channel.CreateBounded<PendingWrite>(
        new BoundedChannelOptions(4096) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );
    private readonly ReaderPool readers;
    private readonly PreparingConnection writer;
    private readonly Task writing;

    /// <summary>Statistics of memory cost every allocation a lock that all connections share.</summary>
    static SqliteDatabase()
    {
        SQLitePCL.Batteries_V2.Init();
        SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public SqliteDatabase(DatabaseAddress.SqliteFile file, TimeProvider clock)
        : base(clock)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file.Path))!); // a full file path has a folder
        writer = PreparingConnection.Open(Connect(file.Path, SqliteOpenMode.ReadWriteCreate));
        writer.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
        // What a savepoint may have to undo stays in memory; rows that change again and again are copied out of the log more seldom.
        writer.Execute($"PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = {pagesInLog}");
        readers = new(Connect(file.Path, SqliteOpenMode.ReadWrite));
        writing = Task.Run(WriteLoopAsync);
    }

    public override async Task<T> ReadAsync<T>(Func<DbRead, Task<T>> read, CancellationToken ct)
    {
        try
        {
            var connection = readers.Take();
            try
            {
                connection.Execute("BEGIN");
                var result = await read(new(connection, transaction: null, Watch, ct));
                connection.Execute("COMMIT");
                (var unused, connection) = (connection, null);
                readers.Return(unused);
                return result;
            }
            finally
            {
                connection?.Dispose(); // what it was in the middle of ends with it
            }
        }
        catch (SqliteException error) when (SqliteFaults.Of(error) is { } fault)
        {
            throw new FaultException(fault, error);
        }
    }

    public override async Task<Result<T>> WriteAsync<T>(Func<DbWrite, Task<Result<T>>> change, CancellationToken ct)
    {
        WriteScope.RefuseNesting();
        var pending = new PendingWrite<T>(change, ct);
        await writes.Writer.WriteAsync(pending, ct);
        return await pending.Done.Task;
    }

    public override async ValueTask DisposeAsync()
    {
        writes.Writer.TryComplete();
        await writing;
        await writer.DisposeAsync();
        readers.Dispose();
    }

    internal override string Translate(string ddl) =>
        ddl.Replace("{identity}", "INTEGER PRIMARY KEY AUTOINCREMENT", StringComparison.Ordinal)
            .Replace("{now}", "(CAST(strftime('%s', 'now') AS BIGINT) * 1000000)", StringComparison.Ordinal)
            .Replace("{json_text}", "", StringComparison.Ordinal)
            .Replace("{binary_collation}", "", StringComparison.Ordinal);

    private static string Connect(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 30,
        }.ConnectionString;

    private async Task WriteLoopAsync()
    {
        var group = new List<PendingWrite>();
        while (await writes.Reader.WaitToReadAsync())
        {
            group.Clear();
            try
            {
                await WriteGroupAsync(group);
            }
            catch (Exception error)
            {
                FailStop.IfDiskLies(error);
                // A write that finds the disk full may undo the whole group: what came after it fails for the same reason.
                var cause = group.Select(write => write.Thrown).FirstOrDefault(thrown => thrown is FaultException);
                group.ForEach(write => write.Fail(cause ?? SqliteFaults.Explain(error)));
                continue;
            }

            // 5
            foreach (var topic in group.SelectMany(write => write.Topics).Distinct(StringComparer.Ordinal))
            {
                Changes.Announce(topic);
            }

            group.ForEach(write => write.Complete());
        }
    }

    private async Task WriteGroupAsync(List<PendingWrite> group)
    {
        // 1: in this order, so that where no transaction can begin a write fails, instead of the loop turning for ever.
        if (!TryTake(group))
        {
            return;
        }

        writer.Execute("BEGIN IMMEDIATE");
        try
        {
            do
            {
                // 2
                writer.Execute("SAVEPOINT one");
                if (!await group[^1].RunAsync(writer, Watch))
                {
                    writer.Execute("ROLLBACK TO one");
                }

                writer.Execute("RELEASE one");
            } while (TryTake(group)); // 3

            writer.Execute("COMMIT"); // 4
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>Undoes a group, unless SQLite has done so already (a full disk).</summary>
    private void RollBack()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(writer.Handle) == 0)
        {
            writer.Execute("ROLLBACK");
        }
    }

    private bool TryTake(List<PendingWrite> group)
    {
        if (group.Count == largestGroup || !writes.Reader.TryRead(out var write))
        {
            return false;
        }

        group.Add(write);
        return true;
    }
}
