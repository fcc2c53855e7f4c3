using Braid.Metadata.Changes;
using Braid.Metadata.Migrations;
using Braid.Metadata.Postgres;
using Braid.Metadata.Sqlite;
using Braid.Primitives;

namespace Braid.Metadata;

/// <summary>
/// The rows of the whole system: SQLite or PostgreSQL behind one SQL text.
/// <list type="number">
/// <item>A reader sees one snapshot for the length of its delegate.</item>
/// <item>A writer runs as if alone (SQLite: one serialised writer; PostgreSQL: SERIALIZABLE, repeated on a lost race).</item>
/// <item>A write that returns an error, or throws, leaves no trace.</item>
/// <item>A write's task completes after its transaction is durable; then the topics it named are announced.</item>
/// </list>
/// </summary>
public abstract class Database : IAsyncDisposable
{
    private protected Database(TimeProvider clock) => Clock = clock;

    /// <summary>Announces committed changes to loops and followers of this process (and, on PostgreSQL, of others).</summary>
    public ChangeFeed Changes { get; } = new();

    /// <summary>Is told the text of every statement before it runs, on any thread; for who counts what a call costs.</summary>
    public Action<string>? Watch { get; set; }

    /// <summary>What it takes the time from.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Opens the store that <paramref name="address"/> names and brings its schema up to date.</summary>
    public static async Task<Database> OpenAsync(
        DatabaseAddress address,
        IReadOnlyList<Migration> migrations,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        RowMapping.Register();
        Database database = address switch
        {
            DatabaseAddress.SqliteFile file => new SqliteDatabase(file, clock),
            DatabaseAddress.PostgresServer server => await PostgresDatabase.ConnectAsync(server, clock, ct),
            _ => throw new InvalidOperationException($"no store for {address}"),
        };
        try
        {
            await MigrationRunner.RunAsync(database, migrations, ct);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }

        return database;
    }

    /// <summary>Reads from one snapshot. The delegate does no other I/O and keeps no reference to its session.</summary>
    public abstract Task<T> ReadAsync<T>(Func<DbRead, Task<T>> read, CancellationToken ct);

    /// <summary>
    /// As <see cref="ReadAsync"/>, from a snapshot into which all writes up to it fit in some order. An ordinary snapshot
    /// may lack a write that reasoned as if before another that the snapshot has; who searches for what nobody refers to any
    /// more must not miss it.
    /// </summary>
    public virtual Task<T> ReadSettledAsync<T>(Func<DbRead, Task<T>> read, CancellationToken ct) => ReadAsync(read, ct);

    /// <summary>
    /// Changes rows in one transaction. The delegate may run more than once, so it has no effect but on its session; it
    /// does no I/O but the session's. An <see cref="Error"/> result undoes what it did.
    /// </summary>
    public abstract Task<Result<T>> WriteAsync<T>(Func<DbWrite, Task<Result<T>>> change, CancellationToken ct);

    /// <summary>
    /// Finds out what a change would do: it runs as <see cref="WriteAsync{T}(Func{DbWrite, Task{Result{T}}}, CancellationToken)"/>
    /// would run it, and is undone whatever it answers.
    /// </summary>
    public async Task<Result<T>> RehearseAsync<T>(Func<DbWrite, Task<Result<T>>> change, CancellationToken ct)
    {
        Result<T> outcome = default;
        await WriteAsync<Unit>(
            async db =>
            {
                outcome = await change(db);
                return Errors.Rehearsed();
            },
            ct
        );
        return outcome;
    }

    /// <summary>A write that cannot be refused.</summary>
    public async Task<T> WriteAsync<T>(Func<DbWrite, Task<T>> change, CancellationToken ct) =>
        (await WriteAsync(async db => (Result<T>)await change(db), ct)).Value;

    /// <summary>A write that cannot be refused and returns nothing.</summary>
    public Task WriteAsync(Func<DbWrite, Task> change, CancellationToken ct) =>
        WriteAsync(
            async db =>
            {
                await change(db);
                return Unit.Value;
            },
            ct
        );

    public abstract ValueTask DisposeAsync();

    /// <summary>The DDL that this store writes where the common SQL subset has a hole: see docs/adr/0002.</summary>
    internal abstract string Translate(string ddl);
}
