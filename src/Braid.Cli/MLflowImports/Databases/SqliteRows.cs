using System.Text;

namespace Braid.Cli.MLflowImports.Databases;

/// <summary>The rows of a query, one at a time.</summary>
internal sealed class SqliteRows(SqliteFile file, nint statement) : IDisposable
{
    private string last = "";

    /// <summary>Goes to the next row; false when there is none.</summary>
    public bool Next()
    {
        var code = NativeSqlite.Step(statement);
        file.Check(code);
        return code == NativeSqlite.Row;
    }

    public long Integer(int column) => NativeSqlite.ColumnInteger(statement, column);

    public long? OptionalInteger(int column) => IsNull(column) ? null : Integer(column);

    public double Number(int column) => NativeSqlite.ColumnNumber(statement, column);

    /// <summary>Empty for NULL.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public string? OptionalText(int column) => IsNull(column) ? null : Text(column);

    /// <summary>A text that is often that of the row before: then no new one is made. For one column of a query.</summary>
    public string RepeatedText(int column)
    {
        var bytes = Bytes(column);
        Span<char> text = stackalloc char[last.Length];
        if (!Encoding.UTF8.TryGetChars(bytes, text, out var length) || !text[..length].SequenceEqual(last))
        {
            last = Encoding.UTF8.GetString(bytes);
        }

        return last;
    }

    public void Dispose() => _ = NativeSqlite.Release(statement);

    private bool IsNull(int column) => NativeSqlite.ColumnType(statement, column) == NativeSqlite.Null;

    private unsafe ReadOnlySpan<byte> Bytes(int column)
    {
        var text = NativeSqlite.ColumnText(statement, column);
        return text == 0 ? [] : new((void*)text, NativeSqlite.ColumnBytes(statement, column));
    }
}
