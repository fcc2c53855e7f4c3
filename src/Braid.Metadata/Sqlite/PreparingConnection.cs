using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Braid.Metadata.Sqlite;

/// <summary>
/// A connection whose statements stay prepared from one use to the next: parsing and planning a short statement takes longer than
/// running it. One flow of control uses it at a time.
/// </summary>
internal sealed class PreparingConnection(string connectionString) : SqliteConnection(connectionString)
{
    private readonly PreparedStatements prepared = new();

    /// <summary>Opens it, with the functions that PostgreSQL has.</summary>
    public static PreparingConnection Open(string connectionString)
    {
        var connection = new PreparingConnection(connectionString);
        connection.Open();
        SqlFunctions.AddTo(connection);
        return connection;
    }

    /// <summary>Runs a statement without arguments and rows.</summary>
    public void Execute(string sql)
    {
        using var command = CreateDbCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    protected override DbCommand CreateDbCommand() => new PreparedCommand(this, prepared);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            prepared.Dispose();
        }

        base.Dispose(disposing);
    }
}
