using Microsoft.Data.Sqlite;

namespace Braid.Metadata.Sqlite;

/// <summary>After a failed fsync nobody knows what the disk holds, and a second fsync may falsely succeed: stop.</summary>
internal static class FailStop
{
    private const int ioErrorFsync = 10 | (4 << 8);
    private const int ioErrorDirectoryFsync = 10 | (5 << 8);

    public static void IfDiskLies(Exception error)
    {
        if (error is SqliteException { SqliteExtendedErrorCode: ioErrorFsync or ioErrorDirectoryFsync })
        {
            Environment.FailFast("the disk failed to sync the metadata database; check it, then start again", error);
        }
    }
}
