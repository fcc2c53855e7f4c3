using Braid.Metadata;
using Braid.Primitives;

namespace Braid.Tracking.Artifacts;

/// <summary>The rows of <c>run_artifact</c>.</summary>
internal sealed record RunArtifactRow
{
    private const string upsert = """
        INSERT INTO run_artifact
          (run_id, key, mode, type, uri, hash, content_size, timestamp, type_data, display_data, writer)
        VALUES
          (@run, @Key, @Mode, @Type, @Uri, @Hash, @ContentSize, @Timestamp, @TypeData, @DisplayData, @writer)
        ON CONFLICT (run_id, key, mode) DO UPDATE SET
          type = excluded.type, uri = excluded.uri, hash = excluded.hash, content_size = excluded.content_size,
          timestamp = excluded.timestamp, type_data = excluded.type_data, display_data = excluded.display_data,
          writer = excluded.writer
        """;

    public string RunId { get; init; } = "";
    public string Key { get; init; } = "";
    public string Mode { get; init; } = "";
    public string Type { get; init; } = "";
    public string Uri { get; init; } = "";
    public string Hash { get; init; } = "";
    public long? ContentSize { get; init; }
    public long? Timestamp { get; init; }
    public string? TypeData { get; init; }
    public string? DisplayData { get; init; }

    public static async Task<ILookup<string, RunArtifact>> OfAsync(DbRead db, IEnumerable<string> runs)
    {
        var rows = await SqlArguments.QueryAsync<RunArtifactRow>(
            db,
            """
            SELECT run_id, key, mode, type, uri, hash, content_size, timestamp, type_data, display_data
            FROM run_artifact WHERE run_id IN {0} ORDER BY run_id, key, mode
            """,
            runs
        );
        return rows.ToLookup(row => row.RunId, row => row.ToArtifact(), StringComparer.Ordinal);
    }

    public static Task SetAsync(DbWrite db, RunId run, RunArtifact artifact, string writer) =>
        db.ExecuteAsync(
            upsert,
            new
            {
                run,
                artifact.Key,
                artifact.Mode,
                artifact.Type,
                artifact.Uri,
                artifact.Hash,
                artifact.ContentSize,
                artifact.Timestamp,
                artifact.TypeData,
                artifact.DisplayData,
                writer,
            }
        );

    public static Task RemoveAsync(DbWrite db, RunId run, string key, string mode) =>
        db.ExecuteAsync(
            "DELETE FROM run_artifact WHERE run_id = @run AND key = @key AND mode = @mode",
            new
            {
                run,
                key,
                mode,
            }
        );

    private RunArtifact ToArtifact() =>
        new()
        {
            Key = Key,
            Mode = Mode,
            Type = Type,
            Uri = Uri,
            Hash = Hash,
            ContentSize = ContentSize,
            Timestamp = Timestamp,
            TypeData = TypeData,
            DisplayData = DisplayData,
        };
}
