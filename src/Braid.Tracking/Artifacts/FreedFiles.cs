using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Artifacts;

/// <summary>What becomes of stored files when that which they belong to goes.</summary>
public enum StoredFiles
{
    /// <summary>They stay, and somebody else takes care of them.</summary>
    Stay,

    /// <summary>Those that nothing left refers to go, too.</summary>
    Go,
}

/// <summary>Removes the rows of files that nothing refers to any more; their bytes are free at the next sweep.</summary>
internal static class FreedFiles
{
    /// <summary>The files of a run, but those of models that stay and of what the run reads. Asked before models lose their run.</summary>
    public static async Task OfRunAsync(DbWrite db, RunId run) =>
        await ArtifactRows.DeleteAsync(db, await FindOfRunAsync(db, run));

    /// <summary>Which files these are.</summary>
    public static async Task<IReadOnlyList<ArtifactRow>> FindOfRunAsync(DbRead db, RunId run)
    {
        var kept = await db.QueryAsync<string>(
            """
            SELECT uri FROM model WHERE run_id = @run
            UNION SELECT m.uri FROM run_model r JOIN model m ON m.id = r.model_id WHERE r.run_id = @run
            UNION SELECT uri FROM run_artifact WHERE run_id = @run AND mode = 'input'
            """,
            new { run }
        );
        var places = kept.Select(FileAddress.Read).OfType<(string Space, string Path)>().ToList();
        // MLflow's clients also name a model's files by its run.
        var mayBeNamed = kept.Any(uri => uri.StartsWith("runs:", StringComparison.Ordinal));
        var rows = await db.QueryAsync<ArtifactRow>(
            $"SELECT {ArtifactRow.Columns} FROM artifact e WHERE e.run_id = @run AND e.content IS NOT NULL",
            new { run }
        );
        return [.. rows.Where(row => !IsKept(row))];

        bool IsKept(ArtifactRow row) =>
            (mayBeNamed && row.Space == ArtifactSpaces.MLflow) || places.Exists(place => IsAt(row, place));
    }

    /// <summary>The file or folder of a model that is gone already, unless another model has the same.</summary>
    public static async Task OfModelAsync(DbWrite db, string uri)
    {
        if (FileAddress.Read(uri) is not { } place || await IsOfModelAsync(db, uri))
        {
            return;
        }

        var rows = await ArtifactRows.TreeAsync(db, place.Space, place.Path);
        // What belongs to no run was not stored for a model, whatever somebody wrote into one.
        if (rows.All(row => row.Content is null || row.RunId is not null))
        {
            await ArtifactRows.DeleteAsync(db, rows);
        }
    }

    private static async Task<bool> IsOfModelAsync(DbRead db, string uri) =>
        await db.FirstOrDefaultAsync<string>("SELECT id FROM model WHERE uri = @uri", new { uri }) is not null;

    private static bool IsAt(ArtifactRow row, (string Space, string Path) place) =>
        row.Space == place.Space
        && row.Path.StartsWith(place.Path, StringComparison.Ordinal)
        && (row.Path.Length == place.Path.Length || row.Path[place.Path.Length] == '/');
}
