using Braid.Metadata;
using Braid.Primitives;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Data.FileSets;

/// <summary>Rows of file sets.</summary>
internal static class FileSetTable
{
    /// <summary>The file set, unless it has expired.</summary>
    public static async Task<Result<FileSet>> GetAsync(DbRead db, Hex32 id, DateTimeOffset now)
    {
        var row = await db.FirstOrDefaultAsync<Row>(
            """
            SELECT id, log, root, parts, files, size, made_at, made_by, expires_at
            FROM file_set WHERE id = @id AND expires_at > @now
            """,
            new { id, now }
        );
        return row is null ? Errors.FileSetNotFound(id) : row.ToFileSet();
    }

    public static Task<int> InsertAsync(DbWrite db, FileSet set) =>
        db.ExecuteAsync(
            """
            INSERT INTO file_set (id, log, root, parts, files, size, made_at, made_by, expires_at)
            VALUES (@Id, @Log, @Root, @Parts, @Files, @Size, @Made, @MadeBy, @Expires)
            """,
            new
            {
                set.Id,
                Log = set.Log.ToBytes(),
                Root = set.Root.Hash,
                Parts = set.Parts.Hash,
                set.Files,
                set.Size,
                set.Made,
                set.MadeBy,
                set.Expires,
            }
        );

    /// <summary>Whether it was still there.</summary>
    public static async Task<bool> RenewAsync(DbWrite db, Hex32 id, DateTimeOffset now, DateTimeOffset expires) =>
        await db.ExecuteAsync(
            "UPDATE file_set SET expires_at = @expires WHERE id = @id AND expires_at > @now",
            new
            {
                id,
                now,
                expires,
            }
        ) > 0;

    public static Task<int> DeleteExpiredAsync(DbWrite db, DateTimeOffset now) =>
        db.ExecuteAsync("DELETE FROM file_set WHERE expires_at <= @now", new { now });

    public static Task<bool> AnyExpiredAsync(DbRead db, DateTimeOffset now) =>
        db.ScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM file_set WHERE expires_at <= @now)", new { now });

    private sealed record Row
    {
        public Hex32 Id { get; init; }
        public byte[] Log { get; init; } = [];
        public Sha256Hash Root { get; init; }
        public Sha256Hash Parts { get; init; }
        public long Files { get; init; }
        public long Size { get; init; }
        public DateTimeOffset MadeAt { get; init; }
        public string MadeBy { get; init; } = "";
        public DateTimeOffset ExpiresAt { get; init; }

        public FileSet ToFileSet() =>
            new()
            {
                Id = Id,
                Log = FileContent.FromBytes(Log),
                Root = new TreeRoot(Root),
                Parts = new TreeRoot(Parts),
                Files = Files,
                Size = Size,
                Made = MadeAt,
                MadeBy = MadeBy,
                Expires = ExpiresAt,
            };
    }
}
