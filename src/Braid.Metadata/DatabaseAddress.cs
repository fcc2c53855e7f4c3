using Braid.Primitives;

namespace Braid.Metadata;

/// <summary>Which store: <c>sqlite</c>, <c>sqlite:///PATH</c> or <c>postgresql://USER[:PASSWORD]@HOST[:PORT]/DATABASE[?key=value]</c>.</summary>
public abstract record DatabaseAddress
{
    private DatabaseAddress() { }

    /// <summary>A SQLite file (made when missing, in WAL mode).</summary>
    public sealed record SqliteFile(string Path) : DatabaseAddress;

    /// <summary>A PostgreSQL database, as an Npgsql connection string.</summary>
    public sealed record PostgresServer(string ConnectionString) : DatabaseAddress;

    /// <summary>Reads the text form; a bare <c>sqlite</c> is <paramref name="defaultFile"/>.</summary>
    public static Result<DatabaseAddress> Parse(string text, string defaultFile)
    {
        if (text == "sqlite")
        {
            return new SqliteFile(defaultFile);
        }

        if (text.StartsWith("sqlite:///", StringComparison.Ordinal) && text.Length > "sqlite:///".Length)
        {
            return new SqliteFile(text["sqlite:///".Length..]);
        }

        if (
            Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "postgresql" or "postgres"
            && uri.Host.Length > 0
            && uri.AbsolutePath.Length > 1
        )
        {
            return new PostgresServer(PostgresUri.ToConnectionString(uri));
        }

        return Errors.BadAddress(text);
    }
}
