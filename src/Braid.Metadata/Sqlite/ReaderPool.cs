namespace Braid.Metadata.Sqlite;

/// <summary>Open connections that nobody reads by at the moment; the one that was used last is taken first.</summary>
internal sealed class ReaderPool(string connectionString) : IDisposable
{
    /// <summary>More are opened when more read at once, and closed after that.</summary>
    private const int mostIdle = 16;

    /// <summary>Rows are looked up by ids, which lie anywhere: with the usual 2 MiB each is read from the file again.</summary>
    private const int cacheKiB = 16 << 10;

    private readonly Lock gate = new();
    private readonly Stack<PreparingConnection> idle = new();
    private bool closed;

    public PreparingConnection Take()
    {
        lock (gate)
        {
            if (idle.TryPop(out var connection))
            {
                return connection;
            }
        }

        var opened = PreparingConnection.Open(connectionString);
        opened.Execute($"PRAGMA cache_size = -{cacheKiB}");
        return opened;
    }

    /// <summary>Takes back a connection that has no transaction and no open reader.</summary>
    public void Return(PreparingConnection connection)
    {
        lock (gate)
        {
            if (!closed && idle.Count < mostIdle)
            {
                idle.Push(connection);
                return;
            }
        }

        connection.Dispose();
    }

    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            while (idle.TryPop(out var connection))
            {
                connection.Dispose();
            }
        }
    }
}
