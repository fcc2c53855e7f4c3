using Braid.Primitives;

namespace Braid.Metadata;

internal static class Errors
{
    /// <summary>Undoes a rehearsal; nobody gets to see it.</summary>
    public static Error Rehearsed() =>
        new(ErrorKind.FailedPrecondition, "metadata.rehearsed", "the change was only rehearsed");

    public static Error BadAddress(string text) =>
        new(
            ErrorKind.InvalidArgument,
            "metadata.bad-address",
            $"'{text}' names no database: write sqlite, sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/DATABASE"
        );

    public static Error PatternTooSlow() =>
        new(
            ErrorKind.InvalidArgument,
            "metadata.pattern-too-slow",
            "the regular expression takes seconds to match one text; write it without repetitions of repetitions"
        );

    public static Error Damaged(string why) =>
        new(
            ErrorKind.DataLoss,
            "metadata.damaged",
            $"the metadata database is damaged ({why}); stop the server and restore the database from a backup"
        );
}
