using Braid.Primitives;
using Microsoft.Data.Sqlite;

namespace Braid.Metadata.Sqlite;

/// <summary>SQLite's words for a full disk, a failing disk, a damaged file and an endless question, as every caller understands them.</summary>
internal static class SqliteFaults
{
    /// <summary>What <see cref="SqlFunctions"/> ends a question with that takes too long; nothing else interrupts one.</summary>
    public const int Interrupted = 9;

    private const int ioError = 10;
    private const int corrupt = 11;
    private const int full = 13;
    private const int notADatabase = 26;
    private const string disk = "the disk of the metadata database";

    /// <summary>Null when it is something else.</summary>
    public static Error? Of(SqliteException error) =>
        error.SqliteErrorCode switch
        {
            Interrupted => Errors.PatternTooSlow(),
            full => Fault.NoSpace(disk),
            ioError => Fault.DiskFailed(disk, error.Message),
            corrupt or notADatabase => Errors.Damaged(error.Message),
            _ => null,
        };

    /// <summary>The fault that this is, or the exception itself.</summary>
    public static Exception Explain(Exception thrown) =>
        thrown is SqliteException error && Of(error) is { } fault ? new FaultException(fault, error) : thrown;
}
