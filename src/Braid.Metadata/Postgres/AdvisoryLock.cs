using Npgsql;

namespace Braid.Metadata.Postgres;

/// <summary>
/// PostgreSQL's lock by number, of one connection among all servers of the database. It is taken before a transaction begins: one that
/// waits for it inside has its snapshot from before the wait, and loses again.
/// </summary>
internal sealed class AdvisoryLock : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly long number;

    private AdvisoryLock(NpgsqlConnection connection, long number)
    {
        this.connection = connection;
        this.number = number;
    }

    public static async Task<AdvisoryLock> WaitAsync(NpgsqlConnection connection, long number, CancellationToken ct)
    {
        await ExecuteAsync("SELECT pg_advisory_lock($1)", connection, number, ct);
        return new(connection, number);
    }

    /// <summary>A connection that broke has given it up.</summary>
    public async ValueTask DisposeAsync()
    {
        if (connection.FullState == System.Data.ConnectionState.Open)
        {
            await ExecuteAsync("SELECT pg_advisory_unlock($1)", connection, number, CancellationToken.None);
        }
    }

    private static async Task ExecuteAsync(string sql, NpgsqlConnection connection, long number, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = number } } };
        await command.ExecuteNonQueryAsync(ct);
    }
}
