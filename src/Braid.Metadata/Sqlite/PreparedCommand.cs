using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Braid.Metadata.Sqlite;

/// <summary>
/// A command that looks for its statement among those that are prepared when it runs, and leaves it there when it is disposed
/// (whatever it reads is disposed before that).
/// </summary>
internal sealed class PreparedCommand(PreparingConnection connection, PreparedStatements prepared) : DbCommand
{
    /// <summary>Arguments stay bound while a statement waits: one with longer ones is not kept.</summary>
    private const int longestKept = 64 << 10;

    private static readonly ConcurrentDictionary<string, string> marked = new(StringComparer.Ordinal);

    private readonly SqliteCommand template = new();
    private SqliteCommand? running;

    [AllowNull]
    public override string CommandText
    {
        get => template.CommandText;
        set => template.CommandText = value;
    }

    public override int CommandTimeout
    {
        get => template.CommandTimeout;
        set => template.CommandTimeout = value;
    }

    public override CommandType CommandType
    {
        get => template.CommandType;
        set => template.CommandType = value;
    }

    public override bool DesignTimeVisible { get; set; }
    public override UpdateRowSource UpdatedRowSource { get; set; }
    protected override DbParameterCollection DbParameterCollection => template.Parameters;
    protected override DbTransaction? DbTransaction { get; set; }

    protected override DbConnection? DbConnection
    {
        get => connection;
        set => throw new NotSupportedException("a command stays with the connection that made it");
    }

    /// <summary>Statements of SQLite are not interrupted: readers are short, and writes are finished once begun.</summary>
    public override void Cancel() { }

    public override void Prepare() { }

    public override int ExecuteNonQuery() => Statement().ExecuteNonQuery();

    public override object? ExecuteScalar() => Statement().ExecuteScalar();

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(ExecuteNonQuery());
    }

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(ExecuteScalar());
    }

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
        Statement().ExecuteReader(behavior);

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(
        CommandBehavior behavior,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(ExecuteDbDataReader(behavior));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && running is { } used)
        {
            running = null;
            if (used.Parameters.Cast<SqliteParameter>().Any(IsLong))
            {
                used.Dispose();
            }
            else
            {
                used.Parameters.Clear();
                prepared.Keep(used);
            }
        }

        base.Dispose(disposing);
    }

    private SqliteCommand Statement()
    {
        // A command that runs several times (once for each of many argument objects) keeps its text.
        running ??= prepared.Take(CommandText) ?? new SqliteCommand(CommandText, connection);
        running.CommandTimeout = CommandTimeout;
        running.Parameters.Clear();
        foreach (SqliteParameter parameter in template.Parameters)
        {
            parameter.ParameterName = Marked(parameter.ParameterName);
            running.Parameters.Add(parameter);
        }

        return running;
    }

    /// <summary>The name as it stands in the text: SQLite finds it at once then, and is not asked for each mark that there is.</summary>
    private static string Marked(string name) =>
        name.StartsWith('@') ? name : marked.GetOrAdd(name, bare => "@" + bare);

    private static bool IsLong(SqliteParameter parameter) =>
        parameter.Value switch
        {
            byte[] bytes => bytes.Length > longestKept,
            string text => text.Length > longestKept,
            _ => false,
        };
}
