using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Artifacts;

namespace Braid.Tracking.Runs;

/// <summary>What goes with a run when it is deleted.</summary>
/// <param name="Files">Stored files that nothing else refers to.</param>
/// <param name="Bytes">Of these files.</param>
/// <param name="Children">Runs that lose their parent; they stay.</param>
/// <param name="Models">Models that it made; they stay.</param>
public sealed record RunRemains(long Files, long Bytes, long Children, long Models)
{
    internal static async Task<RunRemains> OfAsync(DbRead db, RunId id)
    {
        var files = await FreedFiles.FindOfRunAsync(db, id);
        return new(
            files.Count,
            files.Sum(file => file.Size),
            await db.ScalarAsync<long>("SELECT COUNT(*) FROM run WHERE parent_id = @id", new { id }),
            await db.ScalarAsync<long>("SELECT COUNT(*) FROM model WHERE run_id = @id", new { id })
        );
    }
}
