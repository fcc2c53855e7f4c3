using Braid.Access.Callers;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Artifacts;

/// <summary>Reading, making and removing rows of stored files and their folders inside somebody's transaction.</summary>
internal static class ArtifactRows
{
    private const string upsert = """
        INSERT INTO artifact (space, path, folder, size, content, modified, run_id, writer)
        VALUES (@Space, @Path, @folder, @Size, @Content, @Modified, @run, @writer)
        ON CONFLICT (space, path) DO UPDATE SET
          size = excluded.size, content = excluded.content, modified = excluded.modified, run_id = excluded.run_id,
          writer = excluded.writer
        """;

    private const string insertFolder = """
        INSERT INTO artifact (space, path, folder, size, modified, writer)
        VALUES (@space, @path, @folder, 0, @now, '')
        ON CONFLICT (space, path) DO NOTHING
        """;

    private const string tree = $"""
        WITH RECURSIVE below(path) AS (
          SELECT a.path FROM artifact a WHERE a.space = @space AND a.path = @path
          UNION ALL
          SELECT a.path FROM artifact a JOIN below b ON a.folder = b.path WHERE a.space = @space)
        SELECT {ArtifactRow.Columns} FROM artifact e JOIN below b ON b.path = e.path WHERE e.space = @space
        """;

    public static Task<ArtifactRow?> FindAsync(DbRead db, string space, string path) =>
        db.FirstOrDefaultAsync<ArtifactRow>(
            $"SELECT {ArtifactRow.Columns} FROM artifact e WHERE e.space = @space AND e.path = @path",
            new { space, path }
        );

    public static Task<IReadOnlyList<ArtifactRow>> ListAsync(DbRead db, string space, string folder) =>
        db.QueryAsync<ArtifactRow>(
            $"SELECT {ArtifactRow.Columns} FROM artifact e WHERE e.space = @space AND e.folder = @folder ORDER BY e.path",
            new { space, folder }
        );

    /// <summary>The file or folder at the path and all below it.</summary>
    public static Task<IReadOnlyList<ArtifactRow>> TreeAsync(DbRead db, string space, string path) =>
        db.QueryAsync<ArtifactRow>(tree, new { space, path });

    /// <summary>Writes a file's row and the missing folders above it; refused where a file is in the way.</summary>
    public static async Task<Error?> WriteAsync(DbWrite db, ArtifactRow row, string writer)
    {
        if (await FindAsync(db, row.Space, row.Path) is { Content: null })
        {
            return Errors.PathInUse(row.Path);
        }

        foreach (var folder in ArtifactPaths.Above(row.Path))
        {
            if (await MakeFolderAsync(db, row.Space, folder, row.Modified))
            {
                continue;
            }

            if (await FindAsync(db, row.Space, folder) is { Content: not null })
            {
                return Errors.PathInUse(folder);
            }

            break;
        }

        await db.ExecuteAsync(
            upsert,
            new
            {
                row.Space,
                row.Path,
                folder = ArtifactPaths.FolderOf(row.Path),
                row.Size,
                row.Content,
                row.Modified,
                run = row.RunId?.ToString(),
                writer,
            }
        );
        return null;
    }

    public static async Task DeleteAsync(DbWrite db, IReadOnlyList<ArtifactRow> rows)
    {
        foreach (var row in rows)
        {
            await db.ExecuteAsync(
                "DELETE FROM artifact WHERE space = @Space AND path = @Path",
                new { row.Space, row.Path }
            );
        }

        foreach (var (space, folder) in rows.Select(row => (row.Space, ArtifactPaths.FolderOf(row.Path))).Distinct())
        {
            await RemoveEmptyFoldersAsync(db, space, folder);
        }
    }

    public static async Task DiscardWriterAsync(DbWrite db, string writer) =>
        await DeleteAsync(
            db,
            await db.QueryAsync<ArtifactRow>(
                $"SELECT {ArtifactRow.Columns} FROM artifact e WHERE e.writer = @writer",
                new { writer }
            )
        );

    /// <summary>A job uses the files of its own runs; folders are nobody's.</summary>
    public static async Task<Error?> RefuseAsync(DbRead db, Caller caller, ArtifactRow row)
    {
        if (caller is not Caller.Job job || row.Content is null)
        {
            return null;
        }

        return row.RunId is { } run
            ? (await RunHead.FindAsync(db, caller, run)).Error
            : Errors.NoSuchFile($"{row.Path} of run {job.Run}");
    }

    private static async Task<bool> MakeFolderAsync(DbWrite db, string space, string path, DateTimeOffset now) =>
        await db.ExecuteAsync(
            insertFolder,
            new
            {
                space,
                path,
                folder = ArtifactPaths.FolderOf(path),
                now,
            }
        ) == 1;

    private static async Task RemoveEmptyFoldersAsync(DbWrite db, string space, string folder)
    {
        foreach (var path in ArtifactPaths.Above(folder).Prepend(folder))
        {
            var removed = await db.ExecuteAsync(
                """
                DELETE FROM artifact WHERE space = @space AND path = @path AND content IS NULL
                  AND NOT EXISTS (SELECT 1 FROM artifact a WHERE a.space = @space AND a.folder = @path)
                """,
                new { space, path }
            );
            if (removed == 0)
            {
                return;
            }
        }
    }
}
