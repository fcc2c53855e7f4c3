namespace Braid.Primitives;

/// <summary>
/// Lost I/O that a caller is told about in these words, by each door in its protocol's way. What is thrown otherwise is
/// nobody's business but the log's.
/// </summary>
public class FaultException : IOException
{
    public FaultException(Error error, Exception? cause = null)
        : base(error.Message, cause) => Error = error;

    public Error Error { get; }
}

/// <summary>Finds, in whatever was thrown, the fault that a caller is told about.</summary>
public static class Fault
{
    private const int inputOutputError = 5;
    private const int noSpaceLeft = 28;
    private const int readOnlyFileSystem = 30;
    private const int quotaExceeded = 122;

    /// <summary>Null when it is no fault of disks: a bug, or somebody who went away.</summary>
    public static Error? Of(Exception thrown)
    {
        for (var error = thrown; error is not null; error = error.InnerException)
        {
            switch (error)
            {
                case FaultException fault:
                    return fault.Error;
                case IOException { HResult: noSpaceLeft or quotaExceeded }:
                    return NoSpace("the server's disk");
                case IOException { HResult: inputOutputError or readOnlyFileSystem }:
                    return DiskFailed("the server's disk", error.Message);
                default:
                    continue;
            }
        }

        return null;
    }

    /// <summary>There is no room to write.</summary>
    /// <param name="where">Which disk or database, with its article.</param>
    public static Error NoSpace(string where) =>
        new(
            ErrorKind.NoSpace,
            "fault.no-space",
            $"no space left on {where}: nothing was changed, and what was stored before is safe; "
                + "free space there or delete versions and run 'braid gc', then try again"
        );

    /// <summary>A disk refuses to read or write.</summary>
    public static Error DiskFailed(string where, string why) =>
        new(
            ErrorKind.DiskFailed,
            "fault.disk-failed",
            $"{where} failed ({why}): what the call was to change is not acknowledged; check the disk, then try again"
        );

    /// <summary>Bytes are missing or are not those that were written.</summary>
    public static Error DataLoss(string what) =>
        new(
            ErrorKind.DataLoss,
            "fault.data-loss",
            $"{what}; nothing wrong is served; 'braid scrub' repairs what has another copy and names what has none"
        );
}
