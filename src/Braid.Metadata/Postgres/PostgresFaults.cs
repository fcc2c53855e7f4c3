using Braid.Primitives;
using Npgsql;

namespace Braid.Metadata.Postgres;

/// <summary>PostgreSQL's words for a full disk, a failing disk and damaged pages, as every caller understands them.</summary>
internal static class PostgresFaults
{
    private const string disk = "the disk of the metadata database";

    /// <summary>Null when it is something else.</summary>
    public static Error? Of(PostgresException error) =>
        error.SqlState switch
        {
            PostgresErrorCodes.DiskFull => Fault.NoSpace(disk),
            PostgresErrorCodes.IoError => Fault.DiskFailed(disk, error.MessageText),
            PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => Errors.Damaged(error.MessageText),
            _ => null,
        };
}
