using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Data.Pending;

/// <summary>The stored transactions.</summary>
internal static class PendingRows
{
    public static Task InsertAsync(DbWrite db, PendingTransaction transaction) =>
        db.ExecuteAsync(
            """
            INSERT INTO pending_transaction (id, version, started_at, started_by, touched_at)
            VALUES (@Id, 0, @Started, @StartedBy, @Started)
            """,
            transaction
        );

    /// <summary>Null when there is none, or when it has been forgotten.</summary>
    public static async Task<PendingTransaction?> FindAsync(DbRead db, CommitSetId id, DateTimeOffset oldest)
    {
        var row = await db.FirstOrDefaultAsync<Row>(
            "SELECT id, version, started_at, started_by FROM pending_transaction WHERE id = @id AND touched_at >= @oldest",
            new { id, oldest }
        );
        return row is null ? null : await LoadAsync(db, row);
    }

    /// <summary>Newest first.</summary>
    public static async Task<IReadOnlyList<PendingTransaction>> ListAsync(DbRead db, DateTimeOffset oldest)
    {
        var all = new List<PendingTransaction>();
        var rows = await db.QueryAsync<Row>(
            """
            SELECT id, version, started_at, started_by FROM pending_transaction
            WHERE touched_at >= @oldest ORDER BY started_at DESC, id
            """,
            new { oldest }
        );
        foreach (var row in rows)
        {
            all.Add(await LoadAsync(db, row));
        }

        return all;
    }

    public static Task<long> CountAsync(DbRead db) => db.ScalarAsync<long>("SELECT COUNT(*) FROM pending_transaction");

    /// <summary>Bytes of the requests of all transactions.</summary>
    public static Task<long> SizeAsync(DbRead db) =>
        db.ScalarAsync<long>(
            "SELECT CAST(COALESCE(SUM(LENGTH(request) + LENGTH(response)), 0) AS BIGINT) FROM pending_request"
        );

    /// <summary>Adds a request to a transaction that nobody else has changed meanwhile; false when somebody has.</summary>
    public static async Task<bool> AppendAsync(
        DbWrite db,
        PendingTransaction transaction,
        PendingRequest request,
        DateTimeOffset now
    )
    {
        var moved = await db.ExecuteAsync(
            """
            UPDATE pending_transaction SET version = version + 1, touched_at = @now
            WHERE id = @Id AND version = @Version
            """,
            new
            {
                transaction.Id,
                transaction.Version,
                now,
            }
        );
        if (moved == 0)
        {
            return false;
        }

        await db.ExecuteAsync(
            """
            INSERT INTO pending_request (transaction_id, position, request, response)
            VALUES (@Id, @position, @Request, @Response)
            """,
            new
            {
                transaction.Id,
                position = transaction.Requests.Count + 1,
                request.Request,
                request.Response,
            }
        );
        return true;
    }

    /// <summary>Removes a transaction that nobody else has changed meanwhile; false when somebody has.</summary>
    public static async Task<bool> DeleteAsync(DbWrite db, PendingTransaction transaction)
    {
        await db.ExecuteAsync("DELETE FROM pending_request WHERE transaction_id = @Id", transaction);
        return await db.ExecuteAsync(
                "DELETE FROM pending_transaction WHERE id = @Id AND version = @Version",
                transaction
            ) > 0;
    }

    /// <summary>Removes those that were touched before a time; null: all.</summary>
    public static async Task DeleteAsync(DbWrite db, DateTimeOffset? before)
    {
        await db.ExecuteAsync(
            """
            DELETE FROM pending_request WHERE transaction_id IN
              (SELECT id FROM pending_transaction WHERE touched_at < @before)
            """,
            new { before = before ?? DateTimeOffset.MaxValue }
        );
        await db.ExecuteAsync(
            "DELETE FROM pending_transaction WHERE touched_at < @before",
            new { before = before ?? DateTimeOffset.MaxValue }
        );
    }

    private static async Task<PendingTransaction> LoadAsync(DbRead db, Row row) =>
        new()
        {
            Id = row.Id,
            Version = row.Version,
            Started = row.StartedAt,
            StartedBy = row.StartedBy,
            Requests =
            [
                .. (
                    await db.QueryAsync<RequestRow>(
                        "SELECT request, response FROM pending_request WHERE transaction_id = @Id ORDER BY position",
                        row
                    )
                ).Select(request => new PendingRequest(request.Request, request.Response)),
            ],
        };

    private sealed record Row
    {
        public CommitSetId Id { get; init; }
        public long Version { get; init; }
        public DateTimeOffset StartedAt { get; init; }
        public string StartedBy { get; init; } = "";
    }

    private sealed record RequestRow
    {
        public byte[] Request { get; init; } = [];
        public byte[] Response { get; init; } = [];
    }
}
