using Braid.Data.History;
using Braid.Data.Naming;
using Braid.Metadata;
using Braid.Pipelines.Datums;

namespace Braid.Pipelines.Jobs;

/// <summary>Finds the jobs that a job may take datums over from, their rows folded into their trees.</summary>
internal sealed class JobAncestors(Database database, Commits commits, DatumFolding folding)
{
    /// <summary>
    /// Going up the output's line: the nearest job that was planned and has ended, and the nearest that succeeded. Call it
    /// within a hold, so that their trees stay.
    /// </summary>
    public Task<(JobRow? Previous, JobRow? Base)> FindAsync(JobRow job, CancellationToken ct) =>
        FoldedAsync(async db => await FindAsync(db, job.Ref, (await commits.FindAsync(db, job.Output))?.Parent), ct);

    /// <summary>The same for the job that a pipeline would get next.</summary>
    public Task<(JobRow? Previous, JobRow? Base)> FindNextAsync(PipelineRef pipeline, CancellationToken ct) =>
        FoldedAsync(async db => await FindAsync(db, pipeline, (await JobRows.NewestAsync(db, pipeline))?.Output), ct);

    private async Task<(JobRow? Previous, JobRow? Base)> FoldedAsync(
        Func<DbRead, Task<(JobRow? Previous, JobRow? Base)>> find,
        CancellationToken ct
    )
    {
        while (true)
        {
            var (previous, last) = await database.ReadAsync(find, ct);
            if (new[] { previous, last }.FirstOrDefault(ancestor => ancestor is { HasRows: true }) is not { } unfolded)
            {
                return (previous, last);
            }

            await folding.FoldAsync(unfolded.Id, ct);
        }
    }

    private async Task<(JobRow? Previous, JobRow? Base)> FindAsync(DbRead db, PipelineRef pipeline, CommitName? from)
    {
        JobRow? previous = null;
        for (var at = from; at is { } name; at = (await commits.FindAsync(db, name))?.Parent)
        {
            var ancestor = await JobRows.FindAsync(db, pipeline, name.Id);
            if (ancestor is { Planned: true } && ancestor.JobState.IsTerminal())
            {
                previous ??= ancestor;
                if (ancestor.JobState == JobState.Success)
                {
                    return (previous, ancestor);
                }
            }
        }

        return (previous, null);
    }
}
