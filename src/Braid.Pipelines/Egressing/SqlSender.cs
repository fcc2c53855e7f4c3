using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Trees;
using Npgsql;

namespace Braid.Pipelines.Egressing;

/// <summary>
/// Makes files the rows of tables, <c>/TABLE/FILE...</c>, in one transaction: 1 the rows of each table are deleted; 2 each file
/// is copied into its table, as it comes; 3 all tables are counted. Whoever reads the database sees all of it, or nothing.
/// </summary>
internal sealed class SqlSender(ContentStore content)
{
    /// <summary>Rows of each table.</summary>
    public async Task<Result<IReadOnlyDictionary<string, long>>> SendAsync(
        Egress.SqlDatabase target,
        string password,
        TreeRoot root,
        CancellationToken ct
    )
    {
        if (target.Format is not (SqlFileFormat.Csv or SqlFileFormat.Json))
        {
            return Errors.EgressFormat(target.Format);
        }

        if (!SqlAddress.Read(target.Url, password).TryGet(out var address, out var error))
        {
            return error;
        }

        try
        {
            await using var connection = new NpgsqlConnection(address);
            await connection.OpenAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            var rows = await ReplaceAsync(connection, target, root, ct);
            await transaction.CommitAsync(ct);
            return Result.Ok<IReadOnlyDictionary<string, long>>(rows);
        }
        catch (Exception failed)
            when (failed is NpgsqlException or SocketException or JsonException or InvalidDataException)
        {
            return failed is SocketException or NpgsqlException { IsTransient: true }
                ? Errors.EgressNotReached(target.Url, failed.Message)
                : Errors.EgressFailed(target.Url, failed.Message);
        }
    }

    private async Task<Dictionary<string, long>> ReplaceAsync(
        NpgsqlConnection connection,
        Egress.SqlDatabase target,
        TreeRoot root,
        CancellationToken ct
    )
    {
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var entry in content.WalkAsync(root, "/", null, ct))
        {
            if (entry.Kind != EntryKind.File || TableOf(entry.Path) is not { } table)
            {
                continue;
            }

            // 1
            if (rows.TryAdd(table, 0))
            {
                await ExecuteAsync(connection, $"DELETE FROM {Quote(table)}", ct);
            }

            // 2
            await CopyAsync(connection, target, table, entry, ct);
        }

        // 3
        foreach (var table in rows.Keys)
        {
            await using var count = new NpgsqlCommand($"SELECT count(*) FROM {Quote(table)}", connection);
            rows[table] = (long)(await count.ExecuteScalarAsync(ct) ?? 0L);
        }

        return rows;
    }

    private async Task CopyAsync(
        NpgsqlConnection connection,
        Egress.SqlDatabase target,
        string table,
        TreeEntry entry,
        CancellationToken ct
    )
    {
        if (entry.Content is not { Size: > 0 } file)
        {
            return;
        }

        await using var from = content.OpenRead(file);
        var form =
            target.Format == SqlFileFormat.Csv
                ? await CsvForm.OfAsync(from, target.Columns, ct)
                : await JsonRows.FormOfAsync(from, target.Columns, ct);
        from.Position = 0;
        var columns = form.Columns.Count == 0 ? "" : $" ({string.Join(", ", form.Columns.Select(QuotePart))})";
        var header = form.HasHeader ? ", HEADER TRUE" : "";
        var to = await connection.BeginTextImportAsync(
            $"COPY {Quote(table)}{columns} FROM STDIN WITH (FORMAT csv{header})",
            ct
        );
        try
        {
            using var reader = new StreamReader(from, Encoding.UTF8, leaveOpen: true);
            await (
                target.Format == SqlFileFormat.Csv
                    ? CopyTextAsync(reader, to, ct)
                    : JsonRows.WriteCsvAsync(reader, form.Columns, to, ct)
            );
        }
        catch
        {
            // Disposing of it alone would make the rows that were copied so far count.
            await to.CancelAsync();
            throw;
        }

        await to.DisposeAsync();
    }

    private static async Task CopyTextAsync(TextReader from, TextWriter to, CancellationToken ct)
    {
        var buffer = new char[1 << 14];
        for (int read; (read = await from.ReadAsync(buffer, ct)) > 0; )
        {
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }

    /// <summary>The table that a file's first folder names; null for a file in no folder, which is no table's.</summary>
    private static string? TableOf(string path) =>
        path.TrimStart('/').Split('/') is [var table, _, ..] && table.Length > 0 ? table : null;

    /// <summary>A table may be written with its schema before it.</summary>
    private static string Quote(string table) => string.Join('.', table.Split('.').Select(QuotePart));

    private static string QuotePart(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
