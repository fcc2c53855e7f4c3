using Npgsql;

namespace Braid.Testing;

/// <summary>A fresh schema on the test run's PostgreSQL server.</summary>
public sealed class PostgresSchema : IAsyncDisposable
{
    private readonly string server;
    private readonly string name;

    private PostgresSchema(string server, string name)
    {
        this.server = server;
        this.name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server)
        {
            SearchPath = name,
            MaxPoolSize = 10,
            MaxAutoPrepare = 0,
        }.ConnectionString;
    }

    public string ConnectionString { get; }

    public static async Task<PostgresSchema> CreateAsync()
    {
        var server = await PostgresServer.ConnectionStringAsync();
        var name = "t" + IdSourceText();
        await ExecuteAsync(server, $"CREATE SCHEMA {name}");
        return new(server, name);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearPool(new(ConnectionString));
        await ExecuteAsync(server, $"DROP SCHEMA {name} CASCADE");
    }

    private static string IdSourceText() => Primitives.IdSource.System.Next().ToString();

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
