using System.Data.Common;
using Dapper;

namespace Braid.Metadata;

/// <summary>
/// A snapshot to read from. SQL uses the subset common to SQLite and PostgreSQL, <c>@name</c> parameters taken from the
/// argument object's properties, and snake_case columns that map to PascalCase properties.
/// </summary>
public class DbRead
{
    private readonly DbConnection connection;
    private readonly DbTransaction? transaction;
    private readonly Action<string>? watch;
    private readonly CancellationToken ct;

    /// <param name="connection">Nobody else uses it meanwhile.</param>
    /// <param name="transaction">Null where the connection's state says it all.</param>
    internal DbRead(DbConnection connection, DbTransaction? transaction, Action<string>? watch, CancellationToken ct)
    {
        this.connection = connection;
        this.transaction = transaction;
        this.watch = watch;
        this.ct = ct;
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? args = null) =>
        (await connection.QueryAsync<T>(Command(sql, args))).AsList();

    /// <summary>Rows as they come, for answers of any length; the session runs nothing else meanwhile.</summary>
    public IAsyncEnumerable<T> StreamAsync<T>(string sql, object? args = null)
    {
        watch?.Invoke(sql);
        return connection.QueryUnbufferedAsync<T>(sql, args, transaction);
    }

    public Task<T?> FirstOrDefaultAsync<T>(string sql, object? args = null) =>
        connection.QueryFirstOrDefaultAsync<T>(Command(sql, args));

    /// <summary>The one value of a query that always has one (count, coalesce).</summary>
    public async Task<T> ScalarAsync<T>(string sql, object? args = null) =>
        await connection.ExecuteScalarAsync<T>(Command(sql, args))
        ?? throw new InvalidOperationException($"no value from: {sql}");

    private protected Task<int> ExecuteCoreAsync(string sql, object? args) =>
        connection.ExecuteAsync(Command(sql, args));

    private CommandDefinition Command(string sql, object? args)
    {
        watch?.Invoke(sql);
        return new(sql, args, transaction, cancellationToken: ct);
    }
}

/// <summary>A transaction to write in; see <see cref="Database.WriteAsync{T}(Func{DbWrite, Task{Primitives.Result{T}}}, CancellationToken)"/>.</summary>
public sealed class DbWrite : DbRead
{
    private readonly HashSet<string> topics = [];
    private readonly Dictionary<Type, object> companions = [];

    internal DbWrite(DbConnection connection, DbTransaction? transaction, Action<string>? watch, CancellationToken ct)
        : base(connection, transaction, watch, ct) { }

    /// <summary>What to announce once the transaction is durable.</summary>
    internal IReadOnlySet<string> Topics => topics;

    /// <summary>Runs a statement; the number of rows it changed. A sequence of argument objects runs it once for each.</summary>
    public Task<int> ExecuteAsync(string sql, object? args = null) => ExecuteCoreAsync(sql, args);

    /// <summary>The next number of a named counter, from 1, never handed out twice.</summary>
    public Task<long> NextAsync(string counter) =>
        ScalarAsync<long>(
            """
            INSERT INTO counter (name, value) VALUES (@counter, 1)
            ON CONFLICT (name) DO UPDATE SET value = counter.value + 1
            RETURNING value
            """,
            new { counter }
        );

    /// <summary>What <see cref="Keep{T}"/> left here; null when nothing did.</summary>
    public T? Find<T>()
        where T : class => companions.GetValueOrDefault(typeof(T)) as T;

    /// <summary>
    /// Leaves something of a domain's own (null takes it away), so that its calls through one session find each other.
    /// </summary>
    public void Keep<T>(T? companion)
        where T : class
    {
        if (companion is null)
        {
            companions.Remove(typeof(T));
        }
        else
        {
            companions[typeof(T)] = companion;
        }
    }

    /// <summary>Names a topic to announce when (and only when) this transaction has committed.</summary>
    public void Announce(string topic) => topics.Add(topic);
}
