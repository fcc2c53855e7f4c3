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

    private readonly Channel<PendingWrite> writes = Channel.CreateBounded<PendingWrite>(
        new BoundedChannelOptions(4096) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );
    private readonly string readers;
    private readonly SqliteConnection writer;
    private readonly Task writing;

    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    public SqliteDatabase(DatabaseAddress.SqliteFile file, TimeProvider clock)
        : base(clock)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file.Path))!); // a full file path has a folder
        writer = new(Connect(file.Path, SqliteOpenMode.ReadWriteCreate, pooled: false));
        writer.Open();
        SqlFunctions.AddTo(writer);
        Pragma(writer, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
        readers = Connect(file.Path, SqliteOpenMode.ReadWrite, pooled: true);
        writing = Task.Run(WriteLoopAsync);
    }

    public override async Task<T> ReadAsync<T>(Func<DbRead, Task<T>> read, CancellationToken ct)
    {
        try
        {
            await using var connection = new SqliteConnection(readers);
            await connection.OpenAsync(ct);
            SqlFunctions.AddTo(connection);
            await using var snapshot = connection.BeginTransaction(deferred: true);
            return await read(new(connection, snapshot, Watch, ct));
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
        SqliteConnection.ClearPool(new(readers));
    }

    internal override string Translate(string ddl) =>
        ddl.Replace("{identity}", "INTEGER PRIMARY KEY AUTOINCREMENT", StringComparison.Ordinal)
            .Replace("{now}", "(CAST(strftime('%s', 'now') AS BIGINT) * 1000000)", StringComparison.Ordinal)
            .Replace("{json_text}", "", StringComparison.Ordinal);

    private static string Connect(string path, SqliteOpenMode mode, bool pooled) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = pooled,
            DefaultTimeout = 30,
        }.ConnectionString;

    private static void Pragma(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

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

        await using var transaction = writer.BeginTransaction();
        do
        {
            // 2
            transaction.Save("one");
            if (await group[^1].RunAsync(writer, transaction, Watch))
            {
                transaction.Release("one");
            }
            else
            {
                transaction.Rollback("one");
            }
        } while (TryTake(group)); // 3

        // 4
        transaction.Commit();
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
