using Braid.Metadata;
using Braid.Pipelines.Specs;

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

    /// <summary>The newest versions of pipelines that are not stopped and have a cron input.</summary>
    public static async Task<IReadOnlyList<PipelineRow>> WithCronAsync(DbRead db)
    {
        // A look at the text spares reading the specs of all others, every second.
        var rows = await db.QueryAsync<PipelineRow>(
            PipelineRow.Select + " WHERE v.version = p.version AND NOT p.stopped AND v.spec LIKE '%\"cron\"%'"
        );
        return [.. rows.Where(row => row.ReadSpec().Input.Leaves.Any(leaf => leaf is Input.Cron))];
    }

    /// <summary>The newest versions of spouts that are not stopped.</summary>
    public static async Task<IReadOnlyList<PipelineRow>> SpoutsAsync(DbRead db)
    {
        var rows = await db.QueryAsync<PipelineRow>(
            PipelineRow.Select + " WHERE v.version = p.version AND NOT p.stopped AND v.spec LIKE '%\"spout\"%'"
        );
        return [.. rows.Where(row => row.ReadSpec().Kind == PipelineKind.Spout)];
    }

    /// <summary>The newest versions of pipelines that are not stopped and may have a port that is reached from outside.</summary>
    public static Task<IReadOnlyList<PipelineRow>> WithServiceAsync(DbRead db) =>
        db.QueryAsync<PipelineRow>(
            PipelineRow.Select
                + " WHERE v.version = p.version AND NOT p.stopped AND v.spec LIKE '%\"service\"%' ORDER BY p.project, p.name"
        );

    /// <summary>The newest versions of all pipelines, newest pipeline first.</summary>
    public static Task<IReadOnlyList<PipelineRow>> AllAsync(DbRead db) =>
        db.QueryAsync<PipelineRow>(
            PipelineRow.Select + " WHERE v.version = p.version ORDER BY v.made_at DESC, p.project, p.name"
        );
}
