using Braid.Metadata;

namespace Braid.Pipelines.Creation;

/// <summary>Finding pipelines in a session.</summary>
internal static class PipelineRows
{
    /// <summary>The newest version, or null.</summary>
    public static Task<PipelineRow?> FindAsync(DbRead db, PipelineRef pipeline) => FindAsync(db, pipeline, 0);

    public static Task<PipelineRow?> FindAsync(DbRead db, PipelineRef pipeline, long ancestors) =>
        db.FirstOrDefaultAsync<PipelineRow>(
            PipelineRow.Select
                + " WHERE p.project = @Project AND p.name = @Name AND v.version = p.version - @ancestors",
            new
            {
                pipeline.Project,
                pipeline.Name,
                ancestors,
            }
        );

    /// <summary>The newest versions of all pipelines, newest pipeline first.</summary>
    public static Task<IReadOnlyList<PipelineRow>> AllAsync(DbRead db) =>
        db.QueryAsync<PipelineRow>(
            PipelineRow.Select + " WHERE v.version = p.version ORDER BY v.made_at DESC, p.project, p.name"
        );
}
